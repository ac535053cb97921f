/** One question for all logs of a cluster: which of them have new rows, and since when. */
@NullMarked
package io.github.redshiftquerylogs.news;

import org.jspecify.annotations.NullMarked;
