/** DynamoDB Local on the loopback interface. */
@NullMarked
package io.github.redshiftquerylogs.sandbox.dynamodb;

import org.jspecify.annotations.NullMarked;
