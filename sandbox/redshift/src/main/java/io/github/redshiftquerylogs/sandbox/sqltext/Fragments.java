package io.github.redshiftquerylogs.sandbox.sqltext;

import java.util.ArrayList;
import java.util.List;

/** Splits statements as the system tables store them: by bytes of UTF-8, never within a character. */
public final class Fragments {

    /** Bytes of a fragment in {@code stl_querytext}, {@code stl_ddltext} and {@code stl_utilitytext}. */
    static final int BYTES = 200;
    /** Bytes of {@code stl_query.querytxt}, which holds the beginning of the statement. */
    static final int BEGINNING_BYTES = 4000;

    private Fragments() {}

    /** All fragments of a statement; each but the last one has the greatest possible length. */
    public static List<String> of(String statement) {
        return of(statement, BYTES);
    }

    /** The beginning of a statement. */
    public static String beginning(String statement) {
        return of(statement, BEGINNING_BYTES).get(0);
    }

    /** The fragments of a statement, each of at most so many bytes. */
    public static List<String> of(String statement, int limit) {
        List<String> fragments = new ArrayList<>();
        StringBuilder fragment = new StringBuilder();
        int bytes = 0;
        for (int codePoint : statement.codePoints().toArray()) {
            int width = utf8Width(codePoint);
            if (bytes + width > limit) {
                fragments.add(fragment.toString());
                fragment.setLength(0);
                bytes = 0;
            }
            fragment.appendCodePoint(codePoint);
            bytes += width;
        }
        fragments.add(fragment.toString());
        return fragments;
    }

    private static int utf8Width(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
