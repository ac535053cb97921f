/** The Glue Data Catalog: databases, tables and their versions. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.aws.catalog;

import org.jspecify.annotations.NullMarked;
