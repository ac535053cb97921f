package io.github.redshiftquerylogs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTextTest {

    @Test
    void blanksTabsAndLineEndsAroundATextGo() {
        assertThat(ParameterText.trim(" \t\r\n a b \r\n")).isEqualTo("a b");
        assertThat(ParameterText.trim(" \n")).isEmpty();
        assertThat(ParameterText.trim("a")).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u200b", "\ufeff", "\0", "\u001b", "\u3000"})
    void otherCharactersThatNobodySeesStay(String character) {
        assertThat(ParameterText.trim(" " + character + "a" + character + "\n")).isEqualTo(character + "a" + character);
    }

    @ParameterizedTest
    @CsvSource({
        "'a\tb', U+0009 CHARACTER TABULATION",
        "'a\nb', U+000A LINE FEED (LF)",
        "a\u0000b, U+0000 NULL",
        "a\u007fb, U+007F DELETE",
        "a\u00a0b, U+00A0 NO-BREAK SPACE",
        "a\u00adb, U+00AD SOFT HYPHEN",
        "a\u034fb, U+034F COMBINING GRAPHEME JOINER",
        "a\u115fb, U+115F HANGUL CHOSEONG FILLER",
        "a\u200bb, U+200B ZERO WIDTH SPACE",
        "a\u200db, U+200D ZERO WIDTH JOINER",
        "a\u200fb, U+200F RIGHT-TO-LEFT MARK",
        "a\u2028b, U+2028 LINE SEPARATOR",
        "a\u202eb, U+202E RIGHT-TO-LEFT OVERRIDE",
        "a\u2060b, U+2060 WORD JOINER",
        "a\u2066b, U+2066 LEFT-TO-RIGHT ISOLATE",
        "a\u3000b, U+3000 IDEOGRAPHIC SPACE",
        "a\ufe00b, U+FE00 VARIATION SELECTOR-1",
        "a\ufe0fb, U+FE0F VARIATION SELECTOR-16",
        "'\ufeffa', U+FEFF ZERO WIDTH NO-BREAK SPACE",
    })
    void aCharacterThatNobodySeesIsNamed(String text, String name) {
        assertThat(ParameterText.invisible(text)).contains(name);
        assertThat(ParameterText.visible(text)).contains("<" + name.substring(0, 6) + ">");
        assertThat(ParameterText.withoutInvisible(text)).matches("ab?");
    }

    @ParameterizedTest
    @CsvSource({
        "E0041, TAG LATIN CAPITAL LETTER A",
        "E0100, VARIATION SELECTOR-17",
        "E01EF, VARIATION SELECTOR-256",
    })
    void aCharacterBeyondTheBasicPlaneIsNamedToo(String number, String name) {
        String text = "a" + Character.toString(Integer.parseInt(number, 16)) + "b";
        assertThat(ParameterText.invisible(text)).contains("U+" + number + " " + name);
        assertThat(ParameterText.visible(text)).isEqualTo("a<U+" + number + ">b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "query_logs", "donn\u00e9es", "\u6570\u636e", "a'\"\\/%=b", "\ufe10", "\ud83d\ude80"})
    void whatPeopleSeeIsNotNamed(String text) {
        assertThat(ParameterText.invisible(text)).isEmpty();
        assertThat(ParameterText.visible(text)).isEqualTo(text);
    }
}
