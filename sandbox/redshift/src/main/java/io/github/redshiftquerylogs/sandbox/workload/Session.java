package io.github.redshiftquerylogs.sandbox.workload;

import java.util.List;
import java.util.SplittableRandom;

/** The session of a statement: user, client and ids. */
record Session(int userid, long xid, int pid, String database, String label) {

    /** Redshift's own user. */
    static final int SYSTEM_USER = 1;

    private static final List<Integer> USERS = List.of(100, 101, 102, 103, 110, 111);
    private static final List<String> DATABASES = List.of("dev", "analytics", "analytics", "etl");
    private static final List<String> LABELS =
            List.of("default", "default", "default", "dashboards", "etl_nightly", "reports/daily.sql");

    /** A session of some user. */
    static Session random(SplittableRandom random, int query) {
        return new Session(
                USERS.get(random.nextInt(USERS.size())),
                xid(query),
                pid(random),
                DATABASES.get(random.nextInt(DATABASES.size())),
                LABELS.get(random.nextInt(LABELS.size())));
    }

    static Session system(SplittableRandom random, int query) {
        return new Session(SYSTEM_USER, xid(query), pid(random), "dev", "maintenance");
    }

    /** Another user's session, other ids. */
    Session ofSomeoneElse() {
        return new Session(userid + 20, xid + 1, pid + 7, database, "default");
    }

    private static long xid(int query) {
        // two transactions per query id; it must fit the integer column of stl_wlm_query
        return 1_000_000L + query * 2L;
    }

    private static int pid(SplittableRandom random) {
        return 1_073_740_000 + random.nextInt(60_000);
    }
}
