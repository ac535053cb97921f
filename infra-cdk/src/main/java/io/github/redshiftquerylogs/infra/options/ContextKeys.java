package io.github.redshiftquerylogs.infra.options;

import io.github.redshiftquerylogs.settings.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The context keys of the options. The context also contains keys of the CDK and its lookups, for example
 * {@code @aws-cdk/core:…}, {@code aws:cdk:…}, {@code vpc-provider:account=…} or {@code acknowledged-issue-numbers};
 * each has a character that no option has. A key of letters and digits only is therefore taken for an option, as is a
 * key that differs from an option only in case, hyphens and underscores.
 */
final class ContextKeys {

    static final String CLUSTERS = "clusters";
    static final String BUCKET = "bucket";
    static final String SCHEDULE_MINUTES = "scheduleMinutes";
    static final String VPC = "vpc";
    static final String SUBNETS = "subnets";
    static final String SECURITY_GROUPS = "securityGroups";
    static final String ENDPOINTS = "endpoints";
    static final String ALARM_EMAIL = "alarmEmail";
    static final String LAG_ALARM_MINUTES = "lagAlarmMinutes";
    static final String LOG_RETENTION_DAYS = "logRetentionDays";
    static final String GLUE_WORKERS = "glueWorkers";
    static final String GLUE_WORKER_TYPE = "glueWorkerType";
    static final String LAKE_FORMATION = "lakeFormation";
    static final String TABLE_OPTIMIZERS = "tableOptimizers";
    static final String CATALOG_KEY = "catalogKey";
    static final String EXPORTS = "exports";
    static final String PUBLISHED_NAMESPACES = "publishedNamespaces";

    static final List<String> ALL = List.of(
            CLUSTERS,
            BUCKET,
            SCHEDULE_MINUTES,
            VPC,
            SUBNETS,
            SECURITY_GROUPS,
            ENDPOINTS,
            ALARM_EMAIL,
            LAG_ALARM_MINUTES,
            LOG_RETENTION_DAYS,
            GLUE_WORKERS,
            GLUE_WORKER_TYPE,
            LAKE_FORMATION,
            TABLE_OPTIMIZERS,
            CATALOG_KEY,
            EXPORTS,
            PUBLISHED_NAMESPACES);

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]+");

    private ContextKeys() {}

    /** A problem for each key that is taken for an option but is none. */
    static List<Problem> unknown(Set<String> keys) {
        List<Problem> problems = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            List<String> similar =
                    ALL.stream().filter(known -> fold(known).equals(fold(key))).toList();
            if (!ALL.contains(key) && (!similar.isEmpty() || PLAIN.matcher(key).matches())) {
                String expected = similar.isEmpty() ? "one of " + String.join(", ", ALL) : similar.get(0);
                problems.add(new Problem("context key", key, expected));
            }
        }
        return problems;
    }

    private static String fold(String key) {
        return key.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
