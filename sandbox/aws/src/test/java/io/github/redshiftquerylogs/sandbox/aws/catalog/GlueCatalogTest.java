package io.github.redshiftquerylogs.sandbox.aws.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.redshiftquerylogs.sandbox.aws.TestingEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableError;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.TableVersion;

class GlueCatalogTest {

    private static final String DATABASE = "logs";

    @AutoClose
    private final TestingEndpoint aws = new TestingEndpoint();

    @BeforeEach
    void createDatabase() {
        aws.glue.createDatabase(
                create -> create.databaseInput(input -> input.name(DATABASE).locationUri("s3://lake/data")));
    }

    @Test
    void aDatabaseIsReadAsItWasCreatedWithItsNameInLowerCase() {
        aws.glue.createDatabase(
                create -> create.databaseInput(input -> input.name("Other").parameters(Map.of("owner", "us"))));

        Database other = aws.glue.getDatabase(get -> get.name("OTHER")).database();

        assertThat(other.name()).isEqualTo("other");
        assertThat(other.parameters()).isEqualTo(Map.of("owner", "us"));
        assertThat(aws.glue.getDatabases(get -> {}).databaseList())
                .extracting(Database::name)
                .containsExactly("logs", "other");
        assertThatExceptionOfType(AlreadyExistsException.class)
                .isThrownBy(
                        () -> aws.glue.createDatabase(create -> create.databaseInput(input -> input.name("other"))));
    }

    @Test
    void aDatabaseIsUpdated() {
        aws.glue.updateDatabase(update -> update.name(DATABASE)
                .databaseInput(input -> input.name(DATABASE).description("new")));

        assertThat(aws.glue.getDatabase(get -> get.name(DATABASE)).database().description())
                .isEqualTo("new");
    }

    @Test
    void aDeletedDatabaseTakesItsTablesWithIt() {
        create("a");
        aws.glue.deleteDatabase(delete -> delete.name(DATABASE));

        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.getDatabase(get -> get.name(DATABASE)));
        assertThatExceptionOfType(EntityNotFoundException.class).isThrownBy(() -> table("a"));
        createDatabase();
        assertThatExceptionOfType(EntityNotFoundException.class).isThrownBy(() -> table("a"));
    }

    @Test
    void aTableIsReadAsItWasCreated() {
        aws.glue.createTable(create -> create.databaseName(DATABASE)
                .tableInput(input -> input.name("Stl_Query")
                        .tableType("EXTERNAL_TABLE")
                        .parameters(Map.of("table_type", "ICEBERG", "metadata_location", "s3://lake/0.json"))
                        .storageDescriptor(storage -> storage.location("s3://lake/data/stl_query")
                                .columns(Column.builder()
                                        .name("query")
                                        .type("bigint")
                                        .build()))));

        Table table = table("stl_query");

        assertThat(table.name()).isEqualTo("stl_query");
        assertThat(table.databaseName()).isEqualTo(DATABASE);
        assertThat(table.parameters()).containsEntry("metadata_location", "s3://lake/0.json");
        assertThat(table.storageDescriptor().columns().get(0).type()).isEqualTo("bigint");
        assertThat(table.versionId()).isEqualTo("0");
        assertThatExceptionOfType(AlreadyExistsException.class).isThrownBy(() -> create("stl_query"));
    }

    @Test
    void anUpdateOfTheCurrentVersionIsTakenAndOneOfAnotherIsRefused() {
        create("a");

        update("a", "0", "first");
        assertThatExceptionOfType(ConcurrentModificationException.class)
                .isThrownBy(() -> update("a", "0", "second"))
                .withMessageContaining("expected version 0, but it is 1");

        assertThat(table("a").versionId()).isEqualTo("1");
        assertThat(table("a").description()).isEqualTo("first");
    }

    @Test
    void anUpdateWithoutAVersionIsAlwaysTaken() {
        create("a");
        update("a", "0", "first");

        aws.glue.updateTable(update -> update.databaseName(DATABASE).tableInput(input("a", "second")));

        assertThat(table("a").description()).isEqualTo("second");
        assertThat(table("a").versionId()).isEqualTo("2");
    }

    @Test
    void outOfManyUpdatesOfAVersionExactlyOneWins() throws Exception {
        create("a");
        int rounds = 10;
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<String> winners = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            String version = Integer.toString(round);
            List<Future<Boolean>> attempts = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String description = version + " by " + writer;
                attempts.add(threads.submit(() -> updates("a", version, description)));
            }
            for (int writer = 0; writer < writers; writer++) {
                if (attempts.get(writer).get()) {
                    winners.add(version + " by " + writer);
                }
            }
            assertThat(winners).as("one winner per version").hasSize(round + 1);
            assertThat(table("a").description()).isEqualTo(winners.get(round));
        }
        threads.shutdown();
        assertThat(table("a").versionId()).isEqualTo(Integer.toString(rounds));
    }

    @Test
    void oldVersionsAreKeptUnlessTheUpdateSkipsThat() {
        create("a");
        update("a", "0", "archives the first");
        aws.glue.updateTable(update -> update.databaseName(DATABASE)
                .versionId("1")
                .skipArchive(true)
                .tableInput(input("a", "does not archive the second")));

        assertThat(aws.glue
                        .getTableVersions(get -> get.databaseName(DATABASE).tableName("a"))
                        .tableVersions())
                .extracting(TableVersion::versionId)
                .containsExactly("2", "0");
    }

    @Test
    void tablesAreListedByExpressionPageByPage() {
        List.of("stl_query", "stl_scan", "sys_load").forEach(this::create);

        assertThat(aws.glue.getTablesPaginator(get -> get.databaseName(DATABASE).maxResults(2)).stream()
                        .flatMap(page -> page.tableList().stream()))
                .extracting(Table::name)
                .containsExactly("stl_query", "stl_scan", "sys_load");
        assertThat(aws.glue
                        .getTables(get -> get.databaseName(DATABASE).expression("stl_.*"))
                        .tableList())
                .extracting(Table::name)
                .containsExactly("stl_query", "stl_scan");
        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.getTables(get -> get.databaseName("none")));
    }

    @Test
    void deletedTablesAreGone() {
        List.of("a", "b").forEach(this::create);

        aws.glue.deleteTable(delete -> delete.databaseName(DATABASE).name("A"));
        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() -> aws.glue.deleteTable(
                        delete -> delete.databaseName(DATABASE).name("a")));
        assertThat(aws.glue
                        .batchDeleteTable(
                                delete -> delete.databaseName(DATABASE).tablesToDelete("a", "b"))
                        .errors())
                .extracting(TableError::tableName)
                .containsExactly("a");
        assertThatExceptionOfType(EntityNotFoundException.class).isThrownBy(() -> table("b"));
    }

    @Test
    void anIcebergTableHasNoPartitionsInGlue() {
        create("a");

        assertThat(aws.glue
                        .getPartitions(get -> get.databaseName(DATABASE).tableName("a"))
                        .partitions())
                .isEmpty();
        assertThatExceptionOfType(EntityNotFoundException.class)
                .isThrownBy(() ->
                        aws.glue.getPartitions(get -> get.databaseName(DATABASE).tableName("b")));
    }

    private void create(String table) {
        aws.glue.createTable(create -> create.databaseName(DATABASE).tableInput(input(table, "")));
    }

    private Table table(String name) {
        return aws.glue.getTable(get -> get.databaseName(DATABASE).name(name)).table();
    }

    private void update(String table, String version, String description) {
        aws.glue.updateTable(
                update -> update.databaseName(DATABASE).versionId(version).tableInput(input(table, description)));
    }

    private boolean updates(String table, String version, String description) {
        try {
            update(table, version, description);
            return true;
        } catch (ConcurrentModificationException e) {
            return false;
        }
    }

    private static TableInput input(String table, String description) {
        return TableInput.builder()
                .name(table)
                .tableType("EXTERNAL_TABLE")
                .description(description)
                .build();
    }
}
