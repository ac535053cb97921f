package io.github.redshiftquerylogs.infra.handlers;

import io.github.redshiftquerylogs.infra.handlers.QueryServer.Refusal;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An EC2 endpoint that adds, lists and removes security group rules, with pages and errors as EC2's. */
final class TestingSecurityGroups implements AutoCloseable {

    private final QueryServer server;
    private final List<Rule> rules = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> full = Collections.synchronizedSet(new HashSet<>());
    private final Set<String> undescribed = Collections.synchronizedSet(new HashSet<>());
    private final Set<String> gone = Collections.synchronizedSet(new HashSet<>());

    /**
     * A rule of a group.
     *
     * @param from first port, -1 with all protocols
     * @param source the other group
     */
    record Rule(
            String id,
            String group,
            boolean egress,
            String protocol,
            int from,
            int to,
            String source,
            String description,
            Map<String, String> tags) {

        /** A rule that somebody has made by hand. */
        static Rule ingress(String id, String group, String protocol, int from, int to, String source) {
            return new Rule(id, group, false, protocol, from, to, source, "", Map.of());
        }

        Rule tagged(String key, String value) {
            return new Rule(id, group, egress, protocol, from, to, source, description, Map.of(key, value));
        }

        Rule outbound() {
            return new Rule(id, group, true, protocol, from, to, source, description, tags);
        }

        private boolean same(Rule other) {
            return group.equals(other.group)
                    && egress == other.egress
                    && protocol.equals(other.protocol)
                    && from == other.from
                    && to == other.to
                    && source.equals(other.source);
        }

        private boolean fits(String filter, List<String> values) {
            if (filter.startsWith("tag:")) {
                return values.contains(tags.getOrDefault(filter.substring("tag:".length()), "(no such tag)"));
            }
            if (filter.equals("group-id")) {
                return values.contains(group);
            }
            throw new Refusal("InvalidParameterValue", "The filter '" + filter + "' is invalid");
        }

        private String xml() {
            StringBuilder tagSet = new StringBuilder();
            tags.forEach(
                    (key, value) -> tagSet.append("<item><key>" + key + "</key><value>" + value + "</value></item>"));
            return "<securityGroupRuleId>" + id + "</securityGroupRuleId><groupId>" + group + "</groupId><isEgress>"
                    + egress
                    + "</isEgress><ipProtocol>" + protocol + "</ipProtocol><fromPort>" + from + "</fromPort><toPort>"
                    + to
                    + "</toPort><referencedGroupInfo><groupId>" + source + "</groupId></referencedGroupInfo><tagSet>"
                    + tagSet + "</tagSet>";
        }
    }

    TestingSecurityGroups() throws IOException {
        server = new QueryServer(Map.of(
                "DescribeSecurityGroupRules", this::describe,
                "AuthorizeSecurityGroupIngress", this::authorize,
                "RevokeSecurityGroupIngress", this::revoke));
    }

    /** The actions that were called, such as {@code ec2:DescribeSubnets}. */
    Set<String> actions() {
        return server.actions();
    }

    URI uri() {
        return server.uri();
    }

    void add(Rule rule) {
        rules.add(rule);
    }

    /** Adds a rule that exists and is not listed yet. */
    void addUndescribed(Rule rule) {
        undescribed.add(rule.id());
        rules.add(rule);
    }

    /** Adds a rule that is still listed and no longer exists. */
    void addGone(Rule rule) {
        gone.add(rule.id());
        rules.add(rule);
    }

    /** Makes the group refuse further rules. */
    void fill(String group) {
        full.add(group);
    }

    List<Rule> rules() {
        return List.copyOf(rules);
    }

    @Override
    public void close() {
        server.close();
    }

    private String describe(Map<String, String> form) {
        int size = Integer.parseInt(form.getOrDefault("MaxResults", "1000"));
        if (size < 5 || size > 1000) {
            throw new Refusal("InvalidParameterValue", "MaxResults " + size);
        }
        Map<String, List<String>> filters = QueryServer.filters(form);
        return QueryServer.page(
                "securityGroupRuleSet",
                rules().stream()
                        .filter(rule -> !undescribed.contains(rule.id()))
                        .filter(rule -> filters.entrySet().stream()
                                .allMatch(filter -> rule.fits(filter.getKey(), filter.getValue())))
                        .map(Rule::xml)
                        .toList(),
                form);
    }

    private String authorize(Map<String, String> form) {
        Map<String, String> tags = new TreeMap<>();
        if (required("TagSpecification.1.ResourceType", form).equals("security-group-rule")) {
            tags.put(required("TagSpecification.1.Tag.1.Key", form), required("TagSpecification.1.Tag.1.Value", form));
        }
        Rule rule = new Rule(
                "sgr-made-" + rules.size(),
                required("GroupId", form),
                false,
                required("IpPermissions.1.IpProtocol", form),
                Integer.parseInt(required("IpPermissions.1.FromPort", form)),
                Integer.parseInt(required("IpPermissions.1.ToPort", form)),
                required("IpPermissions.1.Groups.1.GroupId", form),
                required("IpPermissions.1.Groups.1.Description", form),
                tags);
        if (rules().stream().anyMatch(rule::same)) {
            throw new Refusal("InvalidPermission.Duplicate", "the specified rule already exists");
        }
        if (full.contains(rule.group())) {
            throw new Refusal(
                    "RulesPerSecurityGroupLimitExceeded",
                    "The maximum number of rules per security group has been reached.");
        }
        rules.add(rule);
        return "<return>true</return>";
    }

    private String revoke(Map<String, String> form) {
        List<String> ids = QueryServer.values("SecurityGroupRuleId", form);
        for (String id : ids) {
            if (gone.contains(id)) {
                throw new Refusal("InvalidSecurityGroupRuleId.NotFound", "The rule '" + id + "' does not exist");
            }
            if (rules().stream()
                    .noneMatch(rule -> rule.id().equals(id)
                            && !rule.egress()
                            && rule.group().equals(required("GroupId", form)))) {
                throw new Refusal("InvalidParameterValue", "no inbound rule " + id + " of this group");
            }
        }
        rules.removeIf(rule -> ids.contains(rule.id()));
        return "<return>true</return>";
    }

    private static String required(String name, Map<String, String> form) {
        String value = form.get(name);
        if (value == null) {
            throw new Refusal("MissingParameter", "The request must contain the parameter " + name);
        }
        return value;
    }
}
