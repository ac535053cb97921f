/** The clusters and Serverless workgroups of the local account, and the service that describes clusters. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.redshift;

import org.jspecify.annotations.NullMarked;
