package io.github.redshiftquerylogs.sandbox.demo.terminal;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Prints steps and their duration: progress bars in a terminal, plain lines elsewhere. */
public final class Progress {

    private final PrintStream out;
    private final boolean terminal;
    private final long begun = System.nanoTime();

    /**
     * @param out the stream to print to
     * @param terminal whether lines can be overwritten there
     */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints a heading with the time since the start. */
    public void heading(String text) {
        out.printf("%n▌ %s  (%.0f s)%n", text, (System.nanoTime() - begun) / 1e9);
    }

    /** Prints a line. */
    public void line(String text) {
        out.println("  " + text);
    }

    /** Prints a text of several lines unchanged. */
    public void block(String text) {
        out.print(text);
        out.flush();
    }

    /** Performs an action and prints its duration. */
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

    /** Starts a progress bar; the caller closes it. */
    public Bar bar(String what, long steps) {
        return new Bar(what, steps);
    }

    /** A progress bar. */
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

        /** Sets the number of finished steps. */
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
