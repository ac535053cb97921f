package io.github.redshiftquerylogs.export;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Stands between driver and stand-in and swaps bytes in what the server sends, message by message: PostgreSQL does not store
 * bytes that are no UTF-8.
 */
final class SwappingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final Map<String, byte[]> swaps;

    /**
     * Listens on a free port.
     *
     * @param target port of the stand-in
     * @param swaps bytes that are sent instead of a text of the same length
     */
    SwappingProxy(int target, Map<String, byte[]> swaps) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.swaps = swaps;
        daemon(this::accept);
    }

    String jdbcUrl() {
        return "jdbc:redshift://127.0.0.1:" + server.getLocalPort() + "/dev?ssl=false";
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket redshift = new Socket(InetAddress.getLoopbackAddress(), target);
            daemon(() -> {
                try (client;
                        redshift) {
                    client.getInputStream().transferTo(redshift.getOutputStream());
                }
            });
            daemon(() -> {
                try (client;
                        redshift) {
                    swap(
                            new DataInputStream(redshift.getInputStream()),
                            new DataOutputStream(new BufferedOutputStream(client.getOutputStream(), 1 << 15)));
                }
            });
        }
    }

    private void swap(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            out.writeByte(in.readByte());
            int length = in.readInt();
            out.writeInt(length);
            String body = new String(in.readNBytes(length - 4), StandardCharsets.ISO_8859_1);
            for (Map.Entry<String, byte[]> swap : swaps.entrySet()) {
                body = body.replace(swap.getKey(), new String(swap.getValue(), StandardCharsets.ISO_8859_1));
            }
            out.write(body.getBytes(StandardCharsets.ISO_8859_1));
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        LoggerFactory.getLogger(SwappingProxy.class).trace("a connection has ended", e);
                    }
                },
                "swapping-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
