/** A live workload that is logged as Redshift logs it, and the ledger of every row that it wrote. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.workload;

import org.jspecify.annotations.NullMarked;
