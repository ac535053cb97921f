/** AWS on one machine: what real SDK clients, the real command line, Spark and Trino talk to. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws;

import org.jspecify.annotations.NullMarked;
