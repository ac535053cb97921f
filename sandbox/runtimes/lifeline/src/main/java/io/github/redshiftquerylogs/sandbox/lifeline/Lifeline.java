package io.github.redshiftquerylogs.sandbox.lifeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A Java agent ({@code -javaagent:lifeline.jar}) that halts this JVM when its standard input ends. The parent holds the
 * other end of that pipe and never writes to it; the system closes it when the parent is gone, even if that was killed
 * and had no chance to stop its children.
 */
public final class Lifeline {

    private static final int PARENT_IS_GONE = 86;

    private Lifeline() {}

    /** Called by the JVM before {@code main}; {@code arguments} are ignored. */
    public static void premain(String arguments) {
        // kept before anything can replace it
        InputStream parent = System.in;
        Thread thread = new Thread(() -> awaitEnd(parent), "lifeline");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEnd(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // a broken pipe says the same as its end
        }
        // no exit(): shutdown hooks may wait for what the parent no longer does
        Runtime.getRuntime().halt(PARENT_IS_GONE);
    }
}
