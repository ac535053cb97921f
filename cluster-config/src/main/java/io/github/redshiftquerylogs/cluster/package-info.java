/** What a cluster is, how its settings are read from Parameter Store, and what the Lambda tells the job. */
@NullMarked
package io.github.redshiftquerylogs.cluster;

import org.jspecify.annotations.NullMarked;
