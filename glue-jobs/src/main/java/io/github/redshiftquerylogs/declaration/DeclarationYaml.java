package io.github.redshiftquerylogs.declaration;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The YAML of a declaration file: its values with their lines. What has another form than a declaration is a finding, so that
 * all of it is reported at once.
 */
final class DeclarationYaml {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String text;
    private final Map<String, Integer> lines = new HashMap<>();

    private DeclarationYaml(String text) {
        this.text = text;
    }

    /**
     * A file that was read.
     *
     * @param content the declaration; empty if it has another form
     * @param problems what has another form
     * @param places the lines of the values
     */
    record Read(Optional<DeclarationFile> content, List<DeclarationProblem> problems, DeclarationYaml places) {}

    static Read read(String text, String file) {
        DeclarationYaml yaml = new DeclarationYaml(text);
        Findings unknown = new Findings();
        Findings forms = new Findings();
        Optional<DeclarationFile> content = Optional.empty();
        try {
            JsonNode tree = YAML.readTree(text);
            yaml.locate();
            removeUnknown(tree, unknown);
            checkForm(tree, forms);
            if (forms.isEmpty()) {
                content = Optional.of(YAML.treeToValue(tree, DeclarationFile.class));
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String reason = e.getOriginalMessage().strip().replaceAll("\\s*\n\\s*", " ");
            return new Read(
                    Optional.empty(),
                    List.of(new DeclarationProblem(file, line, reason + ": expected a YAML mapping")),
                    yaml);
        }
        List<DeclarationProblem> problems = new ArrayList<>(yaml.problems(file, unknown));
        problems.addAll(yaml.problems(file, forms));
        return new Read(content, problems, yaml);
    }

    /** Removes fields that no declaration has, so that the others are checked nevertheless. */
    private static void removeUnknown(JsonNode tree, Findings findings) {
        for (String name : names(tree)) {
            Optional<DeclarationField> field = DeclarationField.named(name);
            if (field.isEmpty()) {
                findings.add(name, "field '" + name + "' is unknown: expected " + DeclarationField.names());
                ((ObjectNode) tree).remove(name);
                continue;
            }
            List<String> known = field.get().entries();
            for (int i = 0; !known.isEmpty() && i < tree.path(name).size(); i++) {
                for (String inner : names(tree.path(name).path(i))) {
                    if (!known.contains(inner)) {
                        findings.add(
                                name + "/" + i + "/" + inner,
                                "field '" + inner + "' of " + name + " is unknown: expected "
                                        + String.join(", ", known));
                        ((ObjectNode) tree.path(name).path(i)).remove(inner);
                    }
                }
            }
        }
    }

    /** The names of a mapping; empty for anything else. */
    private static List<String> names(JsonNode tree) {
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void checkForm(JsonNode tree, Findings findings) {
        if (tree.isMissingNode() || tree.isNull()) {
            findings.add("", "is empty: expected a YAML mapping");
            return;
        }
        if (!tree.isObject()) {
            findings.add("", "is no mapping: expected lines such as name: own_orders");
            return;
        }
        for (String name : names(tree)) {
            checkForm(DeclarationField.named(name).orElseThrow(), tree.path(name), findings);
        }
    }

    private static void checkForm(DeclarationField field, JsonNode value, Findings findings) {
        String name = field.text();
        switch (field.form()) {
            case TEXT -> {
                if (value.isContainerNode()) {
                    findings.add(name, name + " is a " + form(value) + ": expected a text");
                }
            }
            case TEXTS -> {
                if (!value.isNull() && !value.isArray()) {
                    findings.add(name, name + " is " + described(value) + ": expected a list such as [id]");
                }
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    if (!value.path(i).isValueNode() || value.path(i).isNull()) {
                        findings.add(name + "/" + i, name + " has " + described(value.path(i)) + ": expected texts");
                    }
                }
            }
            case MAPPINGS -> checkMappings(field, value, findings);
        }
    }

    private static void checkMappings(DeclarationField field, JsonNode value, Findings findings) {
        String name = field.text();
        if (!value.isNull() && !value.isArray()) {
            findings.add(name, name + " is " + described(value) + ": expected a list of mappings");
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            JsonNode entry = value.path(i);
            String place = name + "/" + i;
            if (!entry.isObject() && !entry.isNull()) {
                findings.add(place, name + " has " + described(entry) + ": expected mappings");
            }
            for (String inner : names(entry)) {
                if (entry.path(inner).isContainerNode()) {
                    findings.add(
                            place + "/" + inner,
                            inner + " of " + name + " is a " + form(entry.path(inner)) + ": expected a text");
                }
            }
        }
    }

    private static String described(JsonNode value) {
        return value.isContainerNode()
                ? "a " + form(value)
                : value.isNull() ? "an empty entry" : "'" + value.asText() + "'";
    }

    private static String form(JsonNode value) {
        return value.isArray() ? "list" : "mapping";
    }

    /** Notes the line at which each value begins. */
    private void locate() {
        try (JsonParser parser = YAML.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
                    String place = parser.getParsingContext().pathAsPointer().toString();
                    lines.putIfAbsent(
                            place.startsWith("/") ? place.substring(1) : place,
                            parser.currentTokenLocation().getLineNr());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text that was just read", e);
        }
    }

    /** The findings with their lines. */
    List<DeclarationProblem> problems(String file, Findings findings) {
        return findings.all().stream()
                .map(finding -> new DeclarationProblem(file, line(finding), finding.text()))
                .toList();
    }

    private int line(Findings.Finding finding) {
        int line = lines.getOrDefault(finding.place(), 0);
        if (line == 0 || finding.line() == 0) {
            return line;
        }
        // the content of a block begins in the line after its indicator
        return finding.line() + (isBlock(line) ? line : line - 1);
    }

    private boolean isBlock(int line) {
        return text.lines().skip(line - 1L).findFirst().orElse("").matches(".*:\\s*[|>][-+0-9]*\\s*(#.*)?");
    }
}
