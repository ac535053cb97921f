package io.github.redshiftquerylogs.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Speaks just enough of PostgreSQL's protocol to ask for a password in plain text and to refuse it with a message that
 * repeats it. https://www.postgresql.org/docs/15/protocol-flow.html
 */
final class TalkativeServer implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;

    private final ServerSocket server;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Thread thread;

    TalkativeServer() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "talkative-server");
        thread.setDaemon(true);
        thread.start();
    }

    String jdbcUrl() {
        return "jdbc:redshift://127.0.0.1:" + server.getLocalPort() + "/dev?ssl=false";
    }

    /** The passwords that were sent. */
    List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                refuse(new DataInputStream(client.getInputStream()), new DataOutputStream(client.getOutputStream()));
            } catch (IOException e) {
                LoggerFactory.getLogger(TalkativeServer.class).debug("the client has left, or the test has ended", e);
            }
        }
    }

    private void refuse(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] first = in.readNBytes(in.readInt() - 4);
        if (new DataInputStream(new ByteArrayInputStream(first)).readInt() == SSL_REQUEST) {
            out.writeByte('N');
            in.readNBytes(in.readInt() - 4);
        }
        out.writeByte('R');
        out.writeInt(8);
        out.writeInt(3);
        out.flush();
        in.readByte();
        byte[] body = in.readNBytes(in.readInt() - 4);
        String password = new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
        heard.add(password);
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        for (String field : List.of("SFATAL", "C28000", "Mwrong: " + password, "D" + password)) {
            fields.writeBytes(field.getBytes(StandardCharsets.UTF_8));
            fields.write(0);
        }
        fields.write(0);
        out.writeByte('E');
        out.writeInt(4 + fields.size());
        out.write(fields.toByteArray());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
