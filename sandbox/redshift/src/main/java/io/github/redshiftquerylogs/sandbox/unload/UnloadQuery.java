package io.github.redshiftquerylogs.sandbox.unload;

import io.github.redshiftquerylogs.sandbox.unload.SqlTokens.Token;
import java.util.List;

/** Checks the query of an UNLOAD: one query, without LIMIT outside of parentheses. */
final class UnloadQuery {

    private UnloadQuery() {}

    /** @throws UnloadRefusedException if the query is not allowed */
    static String checked(String select) throws UnloadRefusedException {
        List<Token> tokens = SqlTokens.of(select);
        if (tokens.isEmpty() || !beginsAsQuery(tokens.get(0))) {
            throw UnloadRefusedException.syntax("UNLOAD expects a SELECT");
        }
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
            if (depth == 0 && token.isWord("limit")) {
                throw UnloadRefusedException.notSupported("Limit clause is not supported");
            }
            if (token.isSign(';')) {
                if (i + 1 < tokens.size()) {
                    throw UnloadRefusedException.syntax("UNLOAD expects one SELECT");
                }
                return select.substring(0, token.start());
            }
        }
        return select;
    }

    private static boolean beginsAsQuery(Token first) {
        return first.isWord("select") || first.isWord("with") || first.isSign('(');
    }
}
