package io.github.redshiftquerylogs.export;

import io.github.redshiftquerylogs.redshift.Source;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * Serialized copies, as Spark makes them of tasks and results. Only the source is not copied, so that tasks share the
 * connections of their run: a login is the dearest step of a short window. {@link SparkWindowTasksTest} copies sources too.
 */
final class TaskCopy {

    private TaskCopy() {}

    @SuppressWarnings("unchecked") // a copy has the class of its original
    static <T extends Serializable> T of(T original) {
        try {
            Sender out = new Sender(new ByteArrayOutputStream());
            out.writeObject(original);
            out.flush();
            try (Receiver in = new Receiver(new ByteArrayInputStream(out.bytes.toByteArray()), out.source)) {
                return (T) in.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stands for the source in the copy. */
    private record SourceMark() implements Serializable {}

    private static final class Sender extends ObjectOutputStream {
        private final ByteArrayOutputStream bytes;
        private Object source = new SourceMark();

        Sender(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            this.bytes = bytes;
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            if (object instanceof Source) {
                source = object;
                return new SourceMark();
            }
            return object;
        }
    }

    private static final class Receiver extends ObjectInputStream {
        private final Object source;

        Receiver(InputStream in, Object source) throws IOException {
            super(in);
            this.source = source;
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object object) {
            return object instanceof SourceMark ? source : object;
        }
    }
}
