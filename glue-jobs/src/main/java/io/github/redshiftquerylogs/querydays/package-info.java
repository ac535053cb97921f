/** The table {@code query_days}: the queries of each sealed day, by shape, plan, user and origin. */
@org.jspecify.annotations.NullMarked
package io.github.redshiftquerylogs.querydays;
