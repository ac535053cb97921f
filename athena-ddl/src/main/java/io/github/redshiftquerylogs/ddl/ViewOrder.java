package io.github.redshiftquerylogs.ddl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The order in which views are created, derived from the SQL: a view comes after the views that it reads. */
public final class ViewOrder {

    private static final Pattern COMMENT = Pattern.compile("--.*");

    private ViewOrder() {}

    /**
     * Sorts views so that each can be created. Views that do not depend on each other keep their order.
     *
     * <p>A view reads another one if its SQL, without comments, contains the other's name as a word.
     *
     * @param views the views, all of one database
     * @param name the name of a view
     * @param sql the statement that creates a view
     * @throws IllegalStateException if views depend on each other in a cycle
     */
    public static <V> List<V> of(Collection<V> views, Function<V, String> name, Function<V, String> sql) {
        List<V> ordered = new ArrayList<>();
        List<V> left = new ArrayList<>(views);
        while (!left.isEmpty()) {
            List<V> ready = left.stream()
                    .filter(view -> left.stream()
                            .noneMatch(other -> !other.equals(view) && reads(sql.apply(view), name.apply(other))))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("these views depend on each other in a cycle: "
                        + left.stream().map(name).collect(Collectors.joining(", ")));
            }
            ordered.addAll(ready);
            left.removeAll(ready);
        }
        return List.copyOf(ordered);
    }

    private static boolean reads(String sql, String other) {
        return Pattern.compile("\\b" + Pattern.quote(other) + "\\b")
                .matcher(COMMENT.matcher(sql).replaceAll(""))
                .find();
    }
}
