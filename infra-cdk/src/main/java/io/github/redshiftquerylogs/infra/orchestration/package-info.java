/** The Lambda, its permissions and triggers, and the alarms on its metrics. */
@NullMarked
package io.github.redshiftquerylogs.infra.orchestration;

import org.jspecify.annotations.NullMarked;
