package io.github.redshiftquerylogs.settings;

import java.util.List;
import java.util.SortedMap;

/**
 * All settings as they were at one moment: those that can be used, and what is wrong with the others.
 *
 * @param global what holds for all clusters
 * @param clusters the enabled clusters whose settings are complete, by name
 * @param misconfigured the other enabled entries, by what the list says, each with all its problems
 */
public record Settings(
        GlobalSettings global, List<ClusterSettings> clusters, SortedMap<String, List<Problem>> misconfigured) {}
