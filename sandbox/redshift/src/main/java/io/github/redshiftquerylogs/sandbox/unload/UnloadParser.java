package io.github.redshiftquerylogs.sandbox.unload;

import io.github.redshiftquerylogs.sandbox.unload.SqlTokens.Kind;
import io.github.redshiftquerylogs.sandbox.unload.SqlTokens.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Parses an UNLOAD; options may have any order, each at most once. */
final class UnloadParser {

    private static final String S3 = "s3://";
    private static final long MEGABYTE = 1L << 20;
    /** https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html: 5 MB to 6.2 GB, which is the default. */
    private static final long SMALLEST_FILE = 5 * MEGABYTE;

    private static final long LARGEST_FILE = (long) (6.2 * 1024 * MEGABYTE);

    private final List<Token> tokens;
    private final Set<String> seen = new HashSet<>();
    private int at;

    private Optional<List<String>> roles = Optional.empty();
    private Optional<String> region = Optional.empty();
    private boolean parquet;
    private boolean manifest;
    private boolean verbose;
    private boolean allowOverwrite;
    private boolean parallel = true;
    private long maxFileSize = LARGEST_FILE;

    UnloadParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    ParsedUnload parse() throws UnloadRefusedException {
        expectWord("unload");
        expectSign('(');
        String select = literal();
        expectSign(')');
        expectWord("to");
        String target = literal();
        while (at < tokens.size() && !isEnd()) {
            option(word());
        }
        List<String> chain = roles.orElseThrow(() ->
                UnloadRefusedException.syntax("credentials missing: IAM_ROLE { default | 'arn[,arn]' } is expected"));
        if (!parquet) {
            throw UnloadRefusedException.notSupported("the stand-in unloads FORMAT PARQUET only");
        }
        if (!target.startsWith(S3) || target.indexOf('/', S3.length()) <= S3.length()) {
            throw UnloadRefusedException.syntax("Invalid S3 path: '" + target + "', expected s3://bucket/prefix");
        }
        int slash = target.indexOf('/', S3.length());
        return new ParsedUnload(
                UnloadQuery.checked(select),
                target.substring(S3.length(), slash),
                target.substring(slash + 1),
                chain,
                manifest,
                verbose,
                allowOverwrite,
                parallel,
                maxFileSize,
                region);
    }

    private void option(String name) throws UnloadRefusedException {
        if (!seen.add(name.equals("parquet") ? "format" : name)) {
            throw UnloadRefusedException.syntax("conflicting or redundant options: " + name.toUpperCase(Locale.ROOT));
        }
        switch (name) {
            case "iam_role" -> roles = Optional.of(role());
            case "format" -> {
                skipWord("as");
                parquet(word());
            }
            case "parquet" -> parquet = true;
            case "manifest" -> {
                manifest = true;
                verbose = skipWord("verbose");
            }
            case "allowoverwrite" -> allowOverwrite = true;
            case "parallel" -> parallel = onOrOff();
            case "maxfilesize" -> {
                skipWord("as");
                maxFileSize = size();
            }
            case "region" -> {
                skipWord("as");
                region = Optional.of(literal());
            }
            case "partition", "header", "delimiter", "fixedwidth", "encrypted", "kms_key_id", "master_symmetric_key" ->
                throw notDone(name);
            case "bzip2", "gzip", "zstd", "addquotes", "null", "escape", "cleanpath", "rowgroupsize", "extension" ->
                throw notDone(name);
            case "csv", "json", "credentials", "access_key_id", "secret_access_key", "session_token" ->
                throw notDone(name);
            default -> throw UnloadRefusedException.syntax("syntax error at or near \"" + name + "\"");
        }
    }

    private static UnloadRefusedException notDone(String option) {
        return UnloadRefusedException.notSupported("UNLOAD with " + option.toUpperCase(Locale.ROOT)
                + " is not supported by the stand-in, or not with PARQUET");
    }

    private void parquet(String format) throws UnloadRefusedException {
        if (!format.equals("parquet")) {
            throw notDone("FORMAT " + format);
        }
        parquet = true;
    }

    private List<String> role() throws UnloadRefusedException {
        if (skipWord("default")) {
            return List.of();
        }
        List<String> chain = new ArrayList<>();
        for (String arn : literal().split(",", -1)) {
            if (!arn.strip().matches("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+")) {
                throw UnloadRefusedException.syntax(
                        "Invalid IAM_ROLE: '" + arn + "', expected arn:aws:iam::<account>:role/<name>");
            }
            chain.add(arn.strip());
        }
        return chain;
    }

    private boolean onOrOff() {
        if (skipWord("off") || skipWord("false")) {
            return false;
        }
        if (!skipWord("on")) {
            skipWord("true");
        }
        return true;
    }

    private long size() throws UnloadRefusedException {
        String number = word();
        if (!number.matches("\\d{1,6}(\\.\\d{1,6})?(mb|gb)?")) {
            throw UnloadRefusedException.syntax("Invalid MAXFILESIZE: '" + number + "'");
        }
        boolean gigabytes = number.endsWith("gb") || (!number.endsWith("mb") && skipWord("gb"));
        if (!gigabytes) {
            skipWord("mb");
        }
        double size = Double.parseDouble(number.replaceAll("[a-z]", "")) * MEGABYTE * (gigabytes ? 1024 : 1);
        if (size < SMALLEST_FILE || size > LARGEST_FILE) {
            throw UnloadRefusedException.syntax("MAXFILESIZE must be between 5 MB and 6.2 GB, and is " + number);
        }
        return (long) size;
    }

    private boolean isEnd() throws UnloadRefusedException {
        if (!tokens.get(at).isSign(';')) {
            return false;
        }
        if (at + 1 < tokens.size()) {
            throw UnloadRefusedException.syntax("nothing may follow an UNLOAD");
        }
        return true;
    }

    private boolean skipWord(String word) {
        boolean found = at < tokens.size() && tokens.get(at).isWord(word);
        at += found ? 1 : 0;
        return found;
    }

    private void expectWord(String word) throws UnloadRefusedException {
        if (!skipWord(word)) {
            throw unexpected(word.toUpperCase(Locale.ROOT));
        }
    }

    private void expectSign(char sign) throws UnloadRefusedException {
        if (at == tokens.size() || !tokens.get(at).isSign(sign)) {
            throw unexpected(Character.toString(sign));
        }
        at++;
    }

    private String word() throws UnloadRefusedException {
        return take(Kind.WORD, "an option").toLowerCase(Locale.ROOT);
    }

    private String literal() throws UnloadRefusedException {
        return take(Kind.LITERAL, "a text in quotes");
    }

    private String take(Kind kind, String expected) throws UnloadRefusedException {
        if (at == tokens.size() || tokens.get(at).kind() != kind) {
            throw unexpected(expected);
        }
        return tokens.get(at++).text();
    }

    private UnloadRefusedException unexpected(String expected) {
        String near =
                at == tokens.size() ? "end of input" : "\"" + tokens.get(at).text() + "\"";
        return UnloadRefusedException.syntax("syntax error at or near " + near + ": " + expected + " is expected");
    }
}
