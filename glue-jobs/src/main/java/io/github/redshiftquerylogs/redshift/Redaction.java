package io.github.redshiftquerylogs.redshift;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Takes a secret out of texts that others wrote, such as a driver's error messages: plain, URL-encoded, escaped as in
 * JSON or SQL, and in base64.
 */
final class Redaction {

    private static final String HIDDEN = "***";

    private final Set<String> forms = new LinkedHashSet<>();

    Redaction(String secret) {
        if (secret.isEmpty()) {
            return;
        }
        Set<String> found = new LinkedHashSet<>();
        found.add(secret);
        if (!secret.isBlank()) {
            found.add(secret.strip());
        }
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        found.add(url);
        found.add(url.replace("+", "%20"));
        found.add(url.toLowerCase(Locale.ROOT));
        found.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        found.add(secret.replace("'", "''"));
        found.add(secret.replace("\"", "\"\""));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        found.add(Base64.getEncoder().encodeToString(bytes));
        found.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        found.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        // the longest first: a form may be part of another one, the rest of which would stay
        forms.addAll(found.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    String clean(String text) {
        String cleaned = text;
        for (String form : forms) {
            cleaned = cleaned.replace(form, HIDDEN);
        }
        return cleaned;
    }
}
