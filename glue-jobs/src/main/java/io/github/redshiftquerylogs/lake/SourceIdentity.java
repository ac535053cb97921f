package io.github.redshiftquerylogs.lake;

import java.time.LocalDate;

/**
 * What tells the cluster that was read from another one of its name; pure. A namespace does: a resize, a pause and a new name
 * keep it, a restored cluster and the other one of a blue/green deployment have their own. Where it is not known, the address
 * has to do, without port and database. An address does not tell one cluster from another that took its place, so one that
 * was accepted there also has a day.
 *
 * @param text such as {@code namespace:…}, {@code host:address:5439/dev} or {@code host:address:5439/dev#2026-11-19}
 */
public record SourceIdentity(String text) {

    private static final String NAMESPACE = "namespace:";
    private static final char SINCE = '#';

    /** Whether it proves nothing alone, so that the rows of the source have to show that it is the same cluster. */
    public boolean isAddress() {
        return !text.startsWith(NAMESPACE);
    }

    /** Whether both mean the same cluster. */
    public boolean isSame(SourceIdentity other) {
        return text.equals(other.text)
                || (isAddress() && other.isAddress() && host().equals(other.host()) && since().equals(other.since()));
    }

    /** The identity of a cluster that took the place of another one at its address. */
    public SourceIdentity since(LocalDate day) {
        return new SourceIdentity(withoutSince() + SINCE + day);
    }

    /** The identity as the address is now, with the day of the cluster that was accepted there. */
    public SourceIdentity keepingSinceOf(SourceIdentity before) {
        boolean keeps = isAddress() && before.isAddress() && host().equals(before.host());
        return keeps ? new SourceIdentity(withoutSince() + before.since()) : this;
    }

    /** Kind and name of the address, such as {@code host:address}. */
    private String host() {
        String[] parts = withoutSince().split("[:/]", 3);
        return parts.length < 2 ? text : parts[0] + ":" + parts[1];
    }

    /** The day with its sign; empty text without one. */
    private String since() {
        int sign = text.indexOf(SINCE);
        return sign < 0 ? "" : text.substring(sign);
    }

    private String withoutSince() {
        int sign = text.indexOf(SINCE);
        return sign < 0 ? text : text.substring(0, sign);
    }
}
