package io.github.redshiftquerylogs.sandbox.demo.check;

import io.github.redshiftquerylogs.contract.StateAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The exports of a cluster, as the state table has them; pure. The check must not pass because it overlooks one.
 *
 * @param cluster the cluster
 * @param names the selected exports
 * @param unavailable those that are refused or absent
 */
record SelectedExports(String cluster, Set<String> names, Set<String> unavailable) {

    /** @param state the entry {@code exports} */
    static SelectedExports of(String cluster, Map<String, AttributeValue> state) {
        Set<String> names = new TreeSet<>(keys(state, StateAttributes.SELECTED));
        names.addAll(keys(state, StateAttributes.SELECTED_SNAPSHOTS));
        Set<String> unavailable = new TreeSet<>(keys(state, StateAttributes.REFUSED));
        unavailable.addAll(keys(state, StateAttributes.ABSENT));
        return new SelectedExports(cluster, names, unavailable);
    }

    private static Set<String> keys(Map<String, AttributeValue> state, String attribute) {
        AttributeValue map = state.get(attribute);
        return map == null || !map.hasM() ? Set.of() : map.m().keySet();
    }

    /** The exports that were not compared. */
    Set<String> notAmong(List<CheckReport.TableCheck> compared) {
        Set<String> left = new TreeSet<>(names);
        left.removeAll(compared.stream()
                .filter(check -> check.cluster().equals(cluster))
                .map(CheckReport.TableCheck::table)
                .collect(Collectors.toSet()));
        return left;
    }

    /** The same checks with a problem for each of the cluster that is not exported. */
    List<CheckReport.TableCheck> require(List<CheckReport.TableCheck> compared) {
        List<CheckReport.TableCheck> checks = new ArrayList<>();
        for (CheckReport.TableCheck check : compared) {
            boolean here = check.cluster().equals(cluster);
            if (here && !names.contains(check.table())) {
                checks.add(check.withProblem("it is not selected: expected an export of the cluster"));
            } else if (here && unavailable.contains(check.table())) {
                checks.add(check.withProblem("it is refused or absent: expected that the cluster lets it be read"));
            } else {
                checks.add(check);
            }
        }
        return checks;
    }
}
