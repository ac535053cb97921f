package io.github.redshiftquerylogs.sandbox.demo.terminal;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells what is going on, and how long it took: bars in a terminal, plain lines elsewhere. */
public final class Progress {

    private final PrintStream out;
    private final boolean terminal;
    private final long begun = System.nanoTime();

    /**
     * Tells on a stream.
     *
     * @param terminal whether lines can be rewritten there
     */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A new part. */
    public void heading(String text) {
        out.printf("%n▌ %s  (%.0f s)%n", text, (System.nanoTime() - begun) / 1e9);
    }

    /** A line. */
    public void line(String text) {
        out.println("  " + text);
    }

    /** Something larger, as it is. */
    public void block(String text) {
        out.print(text);
        out.flush();
    }

    /** Does something and tells how long it took. */
    public <T> T step(String what, Callable<T> action) throws Exception {
        if (terminal) {
            out.print("  " + what + " …");
            out.flush();
        }
        long start = System.nanoTime();
        T result = action.call();
        String took = String.format("%.1f s", (System.nanoTime() - start) / 1e9);
        out.println((terminal ? "\r  " : "  ") + what + ": " + took + "  ");
        return result;
    }

    /** A bar for something that takes long; to be closed. */
    public Bar bar(String what, long steps) {
        return new Bar(what, steps);
    }

    /** How far something is. */
    public final class Bar implements AutoCloseable {

        private final String what;
        private final long steps;
        private final long start = System.nanoTime();
        private final Optional<ProgressBar> bar;
        private long done;

        private Bar(String what, long steps) {
            this.what = what;
            this.steps = steps;
            this.bar = terminal
                    ? Optional.of(new ProgressBarBuilder()
                            .setTaskName("  " + what)
                            .setInitialMax(steps)
                            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                            .setUpdateIntervalMillis(200)
                            .clearDisplayOnFinish()
                            .build())
                    : Optional.empty();
            if (!terminal) {
                line(what + " …");
            }
        }

        /** Sets how much of it is done. */
        public void at(long step) {
            if (step != done) {
                done = step;
                bar.ifPresent(shown -> shown.stepTo(step));
            }
        }

        @Override
        public void close() {
            bar.ifPresent(ProgressBar::close);
            line(String.format("%s: %d of %d, %.1f s", what, done, steps, (System.nanoTime() - start) / 1e9));
        }
    }
}
