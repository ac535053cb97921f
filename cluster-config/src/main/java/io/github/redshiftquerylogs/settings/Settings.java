package io.github.redshiftquerylogs.settings;

import java.util.List;
import java.util.SortedMap;

/**
 * All settings, read at one time.
 *
 * @param global settings of all clusters
 * @param clusters enabled clusters with valid settings, sorted by name
 * @param misconfigured problems of the other entries of the list of enabled clusters, by entry
 * @param warnings what should be changed about enabled clusters although it works, by the cluster's name; no secrets
 */
public record Settings(
        GlobalSettings global,
        List<ClusterSettings> clusters,
        SortedMap<String, List<Problem>> misconfigured,
        SortedMap<String, String> warnings) {}
