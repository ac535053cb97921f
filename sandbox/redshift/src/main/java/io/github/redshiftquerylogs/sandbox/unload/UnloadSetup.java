package io.github.redshiftquerylogs.sandbox.unload;

import java.util.List;

/**
 * The UNLOAD settings of a cluster.
 *
 * @param store the target
 * @param roles ARNs of the IAM roles that are associated with the cluster
 * @param hasDefaultRole whether the first of them is the cluster's default role, for {@code IAM_ROLE default}
 * @param slices how many slices write side by side; at least 1
 * @param timestamps how TIMESTAMP columns are written
 * @param emptyResult what is written when there are no rows
 */
public record UnloadSetup(
        ObjectStore store,
        List<String> roles,
        boolean hasDefaultRole,
        int slices,
        TimestampEncoding timestamps,
        EmptyResult emptyResult) {

    /** The role of {@link #to}. */
    public static final String DEFAULT_ROLE = "arn:aws:iam::000000000000:role/redshift-unload";

    public UnloadSetup {
        roles = List.copyOf(roles);
        if (slices < 1) {
            throw new IllegalArgumentException("slices: " + slices + ", expected at least 1");
        }
        if (hasDefaultRole && roles.isEmpty()) {
            throw new IllegalArgumentException("a default role has to be one of the roles, and there are none");
        }
    }

    /** Four slices, {@link #DEFAULT_ROLE} as default role, timestamps as INT64, nothing for an empty result. */
    public static UnloadSetup to(ObjectStore store) {
        return new UnloadSetup(
                store, List.of(DEFAULT_ROLE), true, 4, TimestampEncoding.INT64_MICROS, EmptyResult.WRITES_NOTHING);
    }

    /** The same with other roles. */
    public UnloadSetup withRoles(List<String> other, boolean firstIsDefault) {
        return new UnloadSetup(store, other, firstIsDefault, slices, timestamps, emptyResult);
    }

    /** The same with another number of slices. */
    public UnloadSetup withSlices(int other) {
        return new UnloadSetup(store, roles, hasDefaultRole, other, timestamps, emptyResult);
    }

    /** The same with another way to write timestamps. */
    public UnloadSetup withTimestamps(TimestampEncoding other) {
        return new UnloadSetup(store, roles, hasDefaultRole, slices, other, emptyResult);
    }

    /** The same with another outcome of a query without rows. */
    public UnloadSetup withEmptyResult(EmptyResult other) {
        return new UnloadSetup(store, roles, hasDefaultRole, slices, timestamps, other);
    }
}
