package io.github.redshiftquerylogs.redshift;

import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Removes secrets from texts that others wrote, such as a driver's messages. Recognised are the plain secret, and its
 * forms in URLs, in JSON and SQL literals, and in base64.
 */
final class Redaction implements Serializable {

    private static final long serialVersionUID = 1;

    private static final String HIDDEN = "***";

    private final ArrayList<String> forms = new ArrayList<>();

    Redaction(String secret) {
        this(List.of(secret));
    }

    /** Removes several secrets, such as those before and after a rotation. */
    Redaction(Collection<String> secrets) {
        Set<String> found = new LinkedHashSet<>();
        secrets.stream().filter(secret -> !secret.isEmpty()).forEach(secret -> addForms(secret, found));
        // longest first: a form may be part of another one, whose rest would stay
        found.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(forms::add);
    }

    private static void addForms(String secret, Set<String> found) {
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
    }

    String clean(String text) {
        String cleaned = text;
        for (String form : forms) {
            cleaned = cleaned.replace(form, HIDDEN);
        }
        return cleaned;
    }
}
