package io.github.redshiftquerylogs.sandbox.sqltext;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Statements that break an export through CSV, trimming, or counting characters instead of bytes. */
public final class OddTexts {

    public static final List<String> LIKE_NULL = List.of("None", "\\N", "null");

    private OddTexts() {}

    /** Blanks at the end of a fragment, a fragment of blanks only, an emoji at a boundary, and all kinds of quotes. */
    public static String statement(int number) {
        Text text = new Text();
        // ASCII only, so that the fragment ends with its own blanks and not with padding
        text.add("select /* \"daily\" -- still a comment\n */ 'it''s #" + number
                + "', \"Size\", 'C:\\temp\\new', '\t|\u0001|',\r\n");
        text.fillUpTo(197).add("   ");
        text.add("'None', '\\N', null, '', '\\\\', E'\\'', '\"\"', $$a;b$$, ',', '\u0001'\n");
        text.fillUpTo(0);
        text.add(" ".repeat(Fragments.BYTES));
        text.add("from sales -- trailing comment \\\n");
        text.fillUpTo(198).add("😀 border\n");
        text.add("where \"Größe\" > 0 and note like '%🚀%' and name <> 'Zoë'\tor 1 = 1\n");
        text.fillUpTo(199).add(" ").add("limit 10");
        return text.toString();
    }

    /** A statement of some 6,000 bytes: more than {@code stl_query.querytxt} holds. */
    public static String longList(String statement, int number) {
        StringBuilder list = new StringBuilder(statement).append("\nand s.listid in (");
        for (int i = 0; i < 700; i++) {
            list.append(i == 0 ? "" : ", ").append(number + i * 7);
        }
        return list.append(")").toString();
    }

    /** A table definition of several fragments. */
    public static String createTable(int number) {
        StringBuilder columns = new StringBuilder("create table if not exists mart.\"daily sales " + number + "\" (\n");
        for (String column :
                List.of("day date not null", "shop varchar(64) default 'it''s', -- the \"shop\"\n\tregion char(2)")) {
            columns.append("\t").append(column).append(",\n");
        }
        Text text = new Text();
        text.add(columns.toString());
        text.fillUpTo(196).add("    ");
        text.add("path varchar(300) default 'C:\\data\\None',\n");
        for (int i = 0; i < 12; i++) {
            text.add("\tmeasure_" + i + " numeric(18, 4) encode az64, -- größer 😀 " + i + "\n");
        }
        return text.add(") diststyle key distkey (shop) sortkey (day)").toString();
    }

    /** A utility statement of several fragments. */
    public static String grant(int number) {
        Text text = new Text();
        text.add("grant select on table");
        for (int i = 0; i < 14; i++) {
            text.add((i == 0 ? " " : ", ") + "\"mart\".\"daily sales " + (number + i) + "\"");
        }
        text.fillUpTo(198).add("  ");
        return text.add("to group \"rapports_été\" /* \\N None */").toString();
    }

    /** A text that counts its bytes, to place characters at the boundaries of fragments. */
    private static final class Text {

        private final StringBuilder text = new StringBuilder();
        private int bytes;

        Text add(String more) {
            text.append(more);
            bytes += more.getBytes(StandardCharsets.UTF_8).length;
            return this;
        }

        /** Adds letters until the current fragment has this many bytes, 0 for a full one. */
        Text fillUpTo(int bytesInFragment) {
            while (bytes % Fragments.BYTES != bytesInFragment % Fragments.BYTES) {
                add(bytes % 9 == 8 ? "," : "x");
            }
            return this;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
