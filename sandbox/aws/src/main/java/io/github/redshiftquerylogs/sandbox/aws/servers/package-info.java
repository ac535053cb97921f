/** Servers in processes of their own (DynamoDB Local, S3Proxy, Trino), and what is used in front of them. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.servers;

import org.jspecify.annotations.NullMarked;
