package io.github.redshiftquerylogs.sandbox.aws.dataapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.redshiftquerylogs.sandbox.aws.wire.AwsError;
import io.github.redshiftquerylogs.sandbox.unload.SqlTokens;
import io.github.redshiftquerylogs.sandbox.unload.SqlTokens.Token;
import io.github.redshiftquerylogs.sandbox.unload.UnloadRefusedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Named parameters of a statement, {@code :name}; their values are texts. */
final class StatementParameters {

    private StatementParameters() {}

    /**
     * Replaces the parameters of a statement by literals.
     *
     * @throws AwsError ValidationException if a parameter is missing or does not occur in the statement
     */
    static String bind(String sql, JsonNode parameters) {
        Map<String, String> values = new HashMap<>();
        parameters.forEach(parameter -> values.put(
                parameter.path("name").asText(), parameter.path("value").asText()));
        if (values.isEmpty()) {
            return sql;
        }
        List<Token> tokens;
        try {
            tokens = SqlTokens.of(sql);
        } catch (UnloadRefusedException e) {
            throw new AwsError("ValidationException", e.getMessage() == null ? "" : e.getMessage());
        }
        Set<String> unused = new HashSet<>(values.keySet());
        StringBuilder bound = new StringBuilder();
        int copied = 0;
        for (int i = 1; i < tokens.size(); i++) {
            Token colon = tokens.get(i - 1);
            Token name = tokens.get(i);
            boolean isCast = i > 1
                    && tokens.get(i - 2).text().equals(":")
                    && tokens.get(i - 2).end() == colon.start();
            if (colon.text().equals(":")
                    && colon.kind() == SqlTokens.Kind.SIGN
                    && colon.end() == name.start()
                    && name.kind() == SqlTokens.Kind.WORD
                    && !isCast) {
                String value = values.get(name.text());
                if (value == null) {
                    throw new AwsError("ValidationException", "Parameter " + name.text() + " is missing.");
                }
                unused.remove(name.text());
                bound.append(sql, copied, colon.start())
                        .append('\'')
                        .append(value.replace("'", "''"))
                        .append('\'');
                copied = name.end();
            }
        }
        if (!unused.isEmpty()) {
            throw new AwsError("ValidationException", "Parameters that the statement does not have: " + unused);
        }
        return bound.append(sql.substring(copied)).toString();
    }
}
