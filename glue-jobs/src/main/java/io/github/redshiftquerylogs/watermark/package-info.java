/** How far each table of a cluster was read, and where the next window starts; stored in DynamoDB. */
@NullMarked
package io.github.redshiftquerylogs.watermark;

import org.jspecify.annotations.NullMarked;
