package io.github.redshiftquerylogs.redshift;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Takes a secret out of texts that others wrote, such as a driver's error messages: plain, URL-encoded, escaped as in
 * JSON, and in base64.
 */
final class Redaction {

    private static final String HIDDEN = "***";

    private final Set<String> forms = new LinkedHashSet<>();

    Redaction(String secret) {
        if (secret.isEmpty()) {
            return;
        }
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String clean(String text) {
        String cleaned = text;
        for (String form : forms) {
            cleaned = cleaned.replace(form, HIDDEN);
        }
        return cleaned;
    }
}
