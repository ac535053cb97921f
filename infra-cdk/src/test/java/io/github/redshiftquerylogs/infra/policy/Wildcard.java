package io.github.redshiftquerylogs.infra.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/** IAM's patterns: {@code *} is any text, {@code ?} any character. */
final class Wildcard {

    private Wildcard() {}

    static boolean matches(String pattern, String text) {
        // literal between two marks, which each wildcard interrupts
        String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }

    static boolean matchesIgnoringCase(String pattern, String text) {
        return matches(pattern.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
    }
}
