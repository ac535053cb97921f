package io.github.redshiftquerylogs.sandbox.demo.keep;

/**
 * The reply of a running demo to {@code ./demo tick}, as JSON.
 *
 * @param fine whether no cluster has a problem
 * @param text the text to print
 */
public record TickReply(boolean fine, String text) {}
