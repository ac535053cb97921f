package io.github.redshiftquerylogs.sandbox.demo.load;

import io.github.redshiftquerylogs.sandbox.redshift.EmbeddedRedshift;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The view {@code orders}, what an application of the cluster would have: an order every seven minutes, also while the
 * demonstration runs. An order appears at the time of its sale.
 */
public final class Orders {

    private static final int MINUTES = 7;
    /** Longer than the clusters' time advances in a demonstration. */
    private static final Duration AHEAD = Duration.ofDays(2);

    private Orders() {}

    /**
     * Creates the view.
     *
     * @param now the cluster's time
     * @param history how far the orders go back
     */
    static void create(EmbeddedRedshift redshift, LocalDateTime now, Duration history) {
        String first =
                now.minus(history).truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' ');
        long orders = history.plus(AHEAD).toMinutes() / MINUTES;
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("create table all_orders as select n::bigint as orderid, (n * 37 % 500)::bigint as"
                    + " customerid, (n * 7919 % 300000 / 100.0)::numeric(12, 2) as total, timestamp '" + first
                    + "' + n * "
                    + MINUTES
                    + " * interval '1 minute' as saletime, case n % 3 when 0 then 'open' when 1 then 'shipped'"
                    + " else 'delivered' end as status from generate_series(1, " + orders + ") n");
            // not getdate(), which is in the time zone of the session
            statement.execute(
                    "create view orders as select * from all_orders where saletime <= (select now from sandbox_clock)");
            statement.execute("grant select on orders to public");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create orders in " + redshift.cluster(), e);
        }
    }

    /** All orders of a cluster, later ones included. */
    public static List<Order> of(EmbeddedRedshift redshift) throws SQLException {
        List<Order> orders = new ArrayList<>();
        try (Connection admin = redshift.admin();
                Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("select * from all_orders")) {
            while (rows.next()) {
                orders.add(new Order(
                        rows.getLong("orderid"),
                        rows.getLong("customerid"),
                        rows.getBigDecimal("total"),
                        rows.getObject("saletime", LocalDateTime.class),
                        rows.getString("status")));
            }
        }
        return orders;
    }
}
