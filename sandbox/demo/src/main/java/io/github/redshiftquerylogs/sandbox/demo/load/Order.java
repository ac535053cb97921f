package io.github.redshiftquerylogs.sandbox.demo.load;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/**
 * An order that a cluster has or will have.
 *
 * @param total with two decimals
 * @param saleTime when it appears in the view {@code orders}, UTC
 * @param status such as {@code open}
 */
public record Order(long id, long customer, BigDecimal total, LocalDateTime saleTime, String status) {}
