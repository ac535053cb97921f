/** The network of jobs with a JDBC connection, and the rules that admit them at the clusters. */
@NullMarked
package io.github.redshiftquerylogs.infra.network;

import org.jspecify.annotations.NullMarked;
