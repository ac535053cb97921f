/** Policy statements: permissions with a reason for each wildcard, ARNs, and the findings accepted from cdk-nag. */
@NullMarked
package io.github.redshiftquerylogs.infra.rights;

import org.jspecify.annotations.NullMarked;
