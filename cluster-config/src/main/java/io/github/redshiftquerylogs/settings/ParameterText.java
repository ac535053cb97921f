package io.github.redshiftquerylogs.settings;

import java.util.Optional;

/** Texts as people paste them: blanks around them, and characters that nobody sees; pure. */
public final class ParameterText {

    /** Characters that are letters or marks to Unicode, but show nothing: fillers, joiners, variation selectors. */
    private static final String BLANK_MARKS =
            "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0";

    private ParameterText() {}

    /**
     * The text without blanks, tabs and line ends around it. Other characters that show nothing stay, so that they are
     * found and named.
     */
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The first character that shows nothing, such as {@code U+200B ZERO WIDTH SPACE}; blanks are not meant. */
    public static Optional<String> invisible(String text) {
        return text.codePoints()
                .filter(ParameterText::isInvisible)
                .mapToObj(character -> codePoint(character) + " " + Character.getName(character))
                .findFirst();
    }

    /** The text on one line, with characters that show nothing by their number, such as {@code <U+200B>}. */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isInvisible(character)) {
                visible.append('<').append(codePoint(character)).append('>');
            } else {
                visible.appendCodePoint(character);
            }
        });
        return visible.toString();
    }

    /** The text without characters that show nothing. */
    static String withoutInvisible(String text) {
        return text.codePoints()
                .filter(character -> !isInvisible(character))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String codePoint(int character) {
        return String.format("U+%04X", character);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default ->
                BLANK_MARKS.indexOf(character) >= 0
                        || (character >= 0xfe00 && character <= 0xfe0f)
                        || (character >= 0xe0100 && character <= 0xe01ef);
        };
    }
}
