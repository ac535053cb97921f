package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.load.Order;
import io.github.redshiftquerylogs.sandbox.demo.load.Orders;
import io.github.redshiftquerylogs.sandbox.demo.load.SandboxCluster;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares the own exports of {@code examples/exports} with the orders of their cluster. */
final class OrdersCheck {

    /** The cluster that has them. */
    static final String CLUSTER = "product-warehouse";

    static final String LARGE = "own_large_orders";
    static final String OPEN = "own_open_orders";

    private static final List<String> LARGE_COLUMNS = List.of("orderid", "customerid", "total", "saletime");
    private static final List<String> OPEN_COLUMNS = List.of("status", "orders", "total");
    private static final BigDecimal LARGE_TOTAL = new BigDecimal(2000);
    private static final Duration LARGE_SETTLE = Duration.ofMinutes(15);
    private static final Duration OPEN_EVERY = Duration.ofHours(6);
    /** How long after a run's reading of the clock its snapshot may be taken. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

    private final SandboxCluster cluster;
    private final List<Order> orders;
    private final LakeReader lake;
    private final Watermarks watermarks;

    OrdersCheck(SandboxCluster cluster, LakeReader lake, Watermarks watermarks) throws SQLException {
        this.cluster = cluster;
        this.orders = Orders.of(cluster.redshift());
        this.lake = lake;
        this.watermarks = watermarks;
    }

    List<CheckReport.TableCheck> check(Map<String, List<String>> ofAllClusters) throws SQLException {
        return List.of(
                large(ofAllClusters.getOrDefault(LARGE, List.of())), open(ofAllClusters.getOrDefault(OPEN, List.of())));
    }

    private CheckReport.TableCheck large(List<String> ofAllClusters) throws SQLException {
        LocalDateTime readUpTo = Watermarks.runUpperBound(cluster, LARGE_SETTLE);
        Map<List<@Nullable String>, Long> expected = new HashMap<>();
        for (Order order : orders) {
            if (order.total().compareTo(LARGE_TOTAL) > 0 && !order.saleTime().isAfter(readUpTo)) {
                expected.merge(
                        List.of(
                                Long.toString(order.id()),
                                Long.toString(order.customer()),
                                order.total().toPlainString(),
                                LakeReader.MICROS.format(order.saleTime())),
                        1L,
                        Long::sum);
            }
        }
        Map<List<@Nullable String>, Long> exported = new HashMap<>();
        LocalDateTime greatest = null;
        for (List<@Nullable String> row :
                lake.rows("select cluster_name, log_time, orderid, customerid, total, saletime from " + LARGE)) {
            exported.merge(row.subList(2, row.size()), 1L, Long::sum);
            LocalDateTime logTime = LocalDateTime.parse(String.valueOf(row.get(1)), LakeReader.MICROS);
            greatest = greatest == null || logTime.isAfter(greatest) ? logTime : greatest;
        }
        List<String> problems =
                new ArrayList<>(Multisets.differences(LARGE_COLUMNS, "orders", expected, "lake", exported));
        problems.addAll(watermarks.problems(cluster, LARGE, readUpTo, greatest));
        problems.addAll(ofAllClusters);
        return new CheckReport.TableCheck(CLUSTER, LARGE, Multisets.size(exported), problems);
    }

    private CheckReport.TableCheck open(List<String> ofAllClusters) throws SQLException {
        TreeMap<LocalDateTime, Map<List<@Nullable String>, Long>> taken = new TreeMap<>();
        long rows = 0;
        for (List<@Nullable String> row : lake.rows("select log_time, status, orders, total from " + OPEN)) {
            taken.computeIfAbsent(
                            LocalDateTime.parse(String.valueOf(row.get(0)), LakeReader.MICROS), time -> new HashMap<>())
                    .merge(row.subList(1, row.size()), 1L, Long::sum);
            rows++;
        }
        List<String> problems = new ArrayList<>(new SnapshotRows(OPEN_COLUMNS, OPEN_EVERY, taken)
                .problems(
                        takenAt -> openOrders(takenAt.plus(SandboxCluster.SETTLE)),
                        Watermarks.runUpperBound(cluster, SandboxCluster.SETTLE)));
        problems.addAll(ofAllClusters);
        return new CheckReport.TableCheck(CLUSTER, OPEN, rows, problems);
    }

    /** The rows of a snapshot that is taken after a time: orders may arrive while the run goes on. */
    private List<Map<List<@Nullable String>, Long>> openOrders(LocalDateTime from) {
        List<Map<List<@Nullable String>, Long>> answers = new ArrayList<>(List.of(openOrdersAt(from)));
        orders.stream()
                .map(Order::saleTime)
                .filter(time -> time.isAfter(from) && !time.isAfter(from.plus(LONGEST_RUN)))
                .sorted()
                .forEach(time -> answers.add(openOrdersAt(time)));
        return answers;
    }

    private Map<List<@Nullable String>, Long> openOrdersAt(LocalDateTime time) {
        Map<String, Long> counts = new HashMap<>();
        Map<String, BigDecimal> totals = new HashMap<>();
        for (Order order : orders) {
            if (!order.saleTime().isAfter(time) && !order.status().equals("delivered")) {
                counts.merge(order.status(), 1L, Long::sum);
                totals.merge(order.status(), order.total(), BigDecimal::add);
            }
        }
        Map<List<@Nullable String>, Long> rows = new HashMap<>();
        counts.forEach((status, count) -> rows.put(
                List.of(
                        status,
                        Long.toString(count),
                        totals.getOrDefault(status, BigDecimal.ZERO).toPlainString()),
                1L));
        return rows;
    }
}
