package io.github.redshiftquerylogs.sandbox.aws.secrets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The forms in which a leaked password may appear: plain, URL-encoded, escaped as in JSON, and in Base64, alone or after
 * its user name.
 *
 * @param forms all forms as text
 */
public record SecretForms(Set<String> forms) {

    /** The forms of a user's password. */
    public static SecretForms of(String user, String password) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(password);
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20"));
        forms.add(encoded.toLowerCase(Locale.ROOT));
        forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(password)));
        for (String text : new String[] {password, user + ":" + password}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return new SecretForms(forms);
    }

    /** The forms that a text contains. */
    public Set<String> in(String text) {
        return forms.stream().filter(text::contains).collect(Collectors.toSet());
    }
}
