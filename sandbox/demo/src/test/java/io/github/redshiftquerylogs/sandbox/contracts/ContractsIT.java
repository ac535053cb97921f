package io.github.redshiftquerylogs.sandbox.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.redshiftquerylogs.sandbox.aws.LocalAws;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobOutcome;
import io.github.redshiftquerylogs.sandbox.aws.jobs.JobRun;
import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import io.github.redshiftquerylogs.sandbox.systemtables.SystemTable;
import io.github.redshiftquerylogs.sandbox.workload.Ledger;
import io.github.redshiftquerylogs.sandbox.workload.Workload;
import io.github.redshiftquerylogs.sandbox.workload.WorkloadProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.ConnectionType;
import software.amazon.awssdk.services.glue.model.Job;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Follows {@code docs/contracts.md} literally: deploys by SDK calls, sends the Lambda's package its event, starts the job's
 * jar by spark-submit, and compares the results with the page.
 */
class ContractsIT {

    private static final ContractsPage PAGE = ContractsPage.read();
    /** The time of the event that was sent: that of the page would be refused. */
    private static String tick = "";

    private static final String CLUSTER = "product-warehouse";
    private static final Duration SETTLE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static LocalAws aws;
    private static EmbeddedRedshift redshift;
    private static Ledger ledger;
    private static JsonNode result;
    private static String log;

    @BeforeAll
    static void follow() throws Exception {
        Map<String, String> parameters = PAGE.properties("parameters");
        redshift = EmbeddedRedshift.start(
                CLUSTER, value(parameters, CLUSTER + ".user"), value(parameters, CLUSTER + ".password"));
        ledger = new Ledger(redshift.tables());
        try (Workload workload = new Workload(redshift, ledger, new WorkloadProfile(5, 0.5, 1, SETTLE))) {
            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            workload.writeHistory(now.minusHours(3), now);
            workload.finish();
            workload.advanceTo(workload.now().plus(SETTLE).plusSeconds(10));
        }
        aws = LocalAws.start(folder);
        aws.endpoint().runJobsWith(request -> JobRun.ended(JobOutcome.succeeded()));
        deploy(parameters);
        result = callLambda();
        log = new SparkSubmit(folder, aws.environment()).run(PAGE.block("run"), PAGE.properties("spark"));
    }

    @AfterAll
    static void stop() {
        try (EmbeddedRedshift closed = redshift;
                LocalAws closedFirst = aws) {
            assertThat(closed != null && closedFirst != null).isTrue();
        }
    }

    private static void deploy(Map<String, String> parameters) {
        Map<String, String> environment = PAGE.properties("lambda-environment");
        upload(value(environment, "JOB_JAR"), Packages.jobJar());
        upload(value(environment, "JOB_SCRIPT"), Packages.jobScript());
        aws.createBucket(URI.create(value(parameters, "s3_prefix")).getHost());
        PackagedDeployment deployment = new PackagedDeployment(
                aws.endpoint().uri(), URI.create(value(aws.environment(), "AWS_ENDPOINT_URL_DYNAMODB")));
        deployment.createStateTable();
        Map<String, String> types = PAGE.rows("## Parameters").stream()
                .collect(Collectors.toMap(row -> row.get(0).replace("`", ""), row -> row.get(1)));
        parameters.forEach((name, value) ->
                deployment.put(name, ParameterType.fromValue(types.get(name.replace(CLUSTER, "<cluster>"))), value));
        aws.glue()
                .createConnection(request -> request.connectionInput(input -> input.name(
                                value(parameters, CLUSTER + ".connection"))
                        .connectionType(ConnectionType.JDBC)
                        .connectionProperties(Map.of(ConnectionPropertyKey.JDBC_CONNECTION_URL, redshift.jdbcUrl()))));
    }

    private static void upload(String uri, Path file) {
        String bucket = URI.create(uri).getHost();
        if (aws.s3().listBuckets().buckets().stream()
                .noneMatch(known -> known.name().equals(bucket))) {
            aws.createBucket(bucket);
        }
        aws.s3()
                .putObject(
                        put -> put.bucket(bucket).key(URI.create(uri).getPath().substring(1)), file);
    }

    private static String documentedTick() throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(PAGE.block("event"))
                .path("time")
                .asText();
    }

    private static JsonNode callLambda() throws IOException, InterruptedException {
        Path packaged = folder.resolve("task");
        LambdaProcess.unpack(packaged, List.of());
        Map<String, String> environment = new HashMap<>(aws.environment());
        environment.putAll(PAGE.properties("lambda-environment"));
        try (LambdaRuntimeApi api = new LambdaRuntimeApi();
                LambdaProcess lambda = LambdaProcess.start(packaged, api, environment)) {
            tick = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            api.send(PAGE.block("event").replace(documentedTick(), tick));
            LambdaRuntimeApi.Answer answer = api.await(Duration.ofSeconds(90));
            assertThat(answer).as(lambda.log()).isNotNull();
            assertThat(answer.path()).as(lambda.log()).isEqualTo("invocation/response");
            return JsonMapper.builder().build().readTree(answer.body());
        }
    }

    @Test
    void theLambdaAnswersInTheFormOfThePage() throws IOException {
        JsonNode documented = JsonMapper.builder().build().readTree(PAGE.block("result"));
        assertThat(result.fieldNames()).toIterable().containsExactlyElementsOf(documented::fieldNames);
        JsonNode cluster = result.path("clusters").path(0);
        assertThat(cluster.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(documented.path("clusters").path(0)::fieldNames);
        assertThat(documented.path("tick").asText()).isEqualTo(documentedTick());
        assertThat(result.path("tick").asText()).isEqualTo(tick);
        assertThat(cluster.path("cluster").asText()).isEqualTo(CLUSTER);
        assertThat(cluster.path("outcome").asText())
                .as(result.toString())
                .isEqualTo(documented.path("clusters").path(0).path("outcome").asText());
        assertThat(cluster.path("runId").asText()).startsWith("jr_");
    }

    @Test
    void theJobThatTheLambdaMakesIsThatOfThePage() {
        Job job = aws.glue()
                .getJob(request -> request.jobName(CLUSTER + "_extract_rs_query_logs"))
                .job();
        Set<String> documented = new TreeSet<>(PAGE.names("### The Glue job that the Lambda creates", 0));
        Set<String> ofSingleRuns = Set.of("--JOB_RUN_ID", "--verify", "--head", "--reseal", "--from", "--to");
        PAGE.names("### Arguments", 0).stream()
                .filter(name -> !ofSingleRuns.contains(name))
                .forEach(documented::add);
        assertThat(job.defaultArguments().keySet()).containsExactlyInAnyOrderElementsOf(documented);
        assertThat(List.of(job.defaultArguments().getOrDefault("--conf", "").split(" --conf ")))
                .containsExactlyInAnyOrderElementsOf(PAGE.properties("spark").entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        assertThat(job.glueVersion()).isEqualTo("5.1");
        assertThat(job.timeout()).isEqualTo(30);
        assertThat(job.command().name()).isEqualTo("glueetl");
    }

    @Test
    void theJobRunsBySparkSubmitAlone() {
        assertThat(log).endsWith("\n0");
        assertThat(log).contains("\"run_id\":\"by-hand-1\"").doesNotContain("Correct-Horse-1");
    }

    @Test
    void everyItemOfTheStateTableIsOnThePage() {
        Set<String> entries = new TreeSet<>();
        List<Map<String, AttributeValue>> items = aws.dynamoDb()
                .scan(request -> request.tableName("export_state"))
                .items();
        Map<String, Map<String, String>> documented = documentedState();
        for (Map<String, AttributeValue> item : items) {
            String entry = text(item, "entry");
            String kind = entry.replaceFirst("^(table|count|snapshot|expiry)#.*", "$1#<table>");
            entries.add(kind);
            assertThat(documented).as("entries").containsKey(kind);
            item.forEach((attribute, value) -> {
                if (!attribute.equals("entry") && !attribute.equals("cluster_name")) {
                    assertThat(documented.getOrDefault(kind, Map.of()))
                            .as("%s %s", entry, attribute)
                            .containsEntry(attribute, value.hasM() ? "M" : value.s() != null ? "S" : "N");
                }
            });
        }
        assertThat(entries)
                .contains(
                        "table#<table>",
                        "count#<table>",
                        "expiry#<table>",
                        "compaction",
                        "run#latest",
                        "start#latest",
                        "definition");
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        assertThat(value).as(attribute).isNotNull();
        return value.s();
    }

    /** The type of each attribute by entry; only the first row of an entry has its name. */
    private static Map<String, Map<String, String>> documentedState() {
        Map<String, Map<String, String>> state = new HashMap<>();
        String entry = "";
        for (List<String> row : PAGE.rows("## State")) {
            entry = row.get(0).isEmpty() ? entry : row.get(0).replace("`", "");
            for (String attribute : row.get(1).split(", ", -1)) {
                state.computeIfAbsent(entry, name -> new HashMap<>()).put(attribute.replace("`", ""), row.get(2));
            }
        }
        return state;
    }

    @Test
    void everyTableIsAsOnThePageAndHasAllRows() throws IOException {
        List<String> tables = ledger.tables().stream().map(SystemTable::name).toList();
        assertThat(tables).containsExactlyElementsOf(declaredExports());
        for (String name : tables) {
            assertThat(PAGE.section("## Tables of the lake")).contains("`" + name + "`");
            JsonNode table = metadata(name);
            assertThat(table.path("location").asText()).isEqualTo("s3://my-lake/logs/data/" + name);
            requireLayout(name, table);
            JsonNode snapshots = table.path("snapshots");
            assertThat(snapshots)
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(snapshot -> assertThat(
                                    snapshot.path("summary").path("operation").asText())
                            .isEqualTo("append"));
            assertThat(snapshots
                            .path(snapshots.size() - 1)
                            .path("summary")
                            .path("total-records")
                            .asLong())
                    .as(name)
                    .isEqualTo(ledger.multiset(name).values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    /** The names of the exporter's declaration files in the set core: the stand-in has exactly these tables here. */
    private static List<String> declaredExports() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("../../glue-jobs/src/main/resources/declarations"))) {
            for (Path file : files.sorted().toList()) {
                if (Files.readAllLines(file).contains("set: core")) {
                    names.add(file.getFileName().toString().replaceFirst("\\.yaml$", ""));
                }
            }
        }
        return names;
    }

    private static void requireLayout(String name, JsonNode table) {
        JsonNode fields = table.path("schemas").path(0).path("fields");
        Map<String, String> head = new LinkedHashMap<>();
        Map<Integer, String> names = new HashMap<>();
        fields.forEach(field -> {
            if (head.size() < 2) {
                head.put(field.path("name").asText(), field.path("type").asText());
            }
            names.put(field.path("id").asInt(), field.path("name").asText());
            assertThat(field.path("required").asBoolean())
                    .as("%s %s", name, field)
                    .isFalse();
        });
        assertThat(new ArrayList<>(head.entrySet()))
                .as(name)
                .isEqualTo(new ArrayList<>(PAGE.properties("columns").entrySet()));
        Map<String, String> partitions = new LinkedHashMap<>();
        table.path("partition-specs")
                .path(0)
                .path("fields")
                .forEach(field -> partitions.put(
                        names.getOrDefault(field.path("source-id").asInt(), ""),
                        field.path("transform").asText()));
        assertThat(new ArrayList<>(partitions.entrySet()))
                .as(name)
                .isEqualTo(new ArrayList<>(PAGE.properties("partitions").entrySet()));
        Map<String, String> properties = new HashMap<>(PAGE.properties("table"));
        assertThat(table.path("format-version").asText()).isEqualTo(properties.remove("format-version"));
        Map<String, String> actual = new HashMap<>();
        table.path("properties")
                .properties()
                .forEach(property ->
                        actual.put(property.getKey(), property.getValue().asText()));
        PAGE.names("## Tables of the lake", 0)
                .forEach(own ->
                        assertThat(actual.remove(own)).as("%s %s", name, own).isNotEmpty());
        assertThat(actual).as(name).isEqualTo(properties);
    }

    private static JsonNode metadata(String table) throws IOException {
        URI location = URI.create(value(
                aws.glue()
                        .getTable(request ->
                                request.databaseName("redshift_query_logs_db").name(table))
                        .table()
                        .parameters(),
                "metadata_location"));
        try (InputStream file = aws.s3()
                        .getObject(request -> request.bucket(location.getHost())
                                .key(location.getPath().substring(1)));
                InputStream json = new GZIPInputStream(file)) {
            return JsonMapper.builder().build().readTree(json);
        }
    }

    /** The value of the name with this suffix. */
    private static String value(Map<String, String> values, String name) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().endsWith("." + name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + values.keySet()));
    }
}
