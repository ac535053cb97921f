package io.github.redshiftquerylogs.sandbox.demo.keep;

/**
 * What a running demo answers to {@code ./demo tick}, as JSON.
 *
 * @param fine whether nothing is wrong with any cluster
 * @param text what to show
 */
public record TickReply(boolean fine, String text) {}
