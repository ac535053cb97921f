package io.github.redshiftquerylogs.sandbox.protocol;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server's side of a session: one process of PostgreSQL, of one client at a time. */
final class ServerSession implements Closeable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] ACCEPTED = {'R', 0, 0, 0, 8, 0, 0, 0, 0};

    private final StartupMessage startup;
    private final Optional<Account> account;
    private final Socket socket = new Socket();
    private final AnswerCount answers = new AnswerCount();
    /** What follows the acceptance of the first client: settings, the key, and that the server is ready. */
    private final List<byte[]> greeting = new ArrayList<>();

    private DataInputStream in = new DataInputStream(DataInputStream.nullInputStream());
    private DataOutputStream out = new DataOutputStream(DataOutputStream.nullOutputStream());
    private byte[] key = {};

    /** @param account of the user at the login, if another client may have the session later */
    ServerSession(StartupMessage startup, Optional<Account> account) {
        this.startup = startup;
        this.account = account;
    }

    void connect(InetSocketAddress postgres) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(postgres);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 15));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 15));
        out.write(startup.bytes());
        out.flush();
    }

    Socket socket() {
        return socket;
    }

    DataInputStream in() {
        return in;
    }

    DataOutputStream out() {
        return out;
    }

    AnswerCount answers() {
        return answers;
    }

    StartupMessage startup() {
        return startup;
    }

    boolean isOf(Account other) {
        return account.isPresent() && account.get().equals(other);
    }

    boolean mayBeUsedAgain() {
        return account.isPresent();
    }

    boolean hasGreeting() {
        return !greeting.isEmpty();
    }

    /** Records a message of the login. */
    void greets(byte[] message) {
        if (message[0] == 'K') {
            key = ByteBuffer.allocate(8).put(message, 5, 8).array();
        }
        if (message[0] != 'R') {
            greeting.add(message);
        }
    }

    /** What PostgreSQL tells an accepted client, with a key for this client. */
    List<byte[]> greeting(byte[] clientKey) {
        List<byte[]> messages = new ArrayList<>();
        messages.add(ACCEPTED);
        for (byte[] message : greeting) {
            messages.add(message[0] == 'K' ? withKey(message, clientKey) : message);
        }
        return messages;
    }

    static byte[] withKey(byte[] message, byte[] clientKey) {
        return ByteBuffer.allocate(message.length)
                .put(message, 0, 5)
                .put(clientKey)
                .array();
    }

    /** The key with which PostgreSQL cancels a statement of the session: the process and a secret. */
    byte[] key() {
        return key;
    }

    /** A key for one client: a late request to cancel does not reach the next one. */
    byte[] newClientKey() {
        return ByteBuffer.allocate(8).put(key, 0, 4).putInt(RANDOM.nextInt()).array();
    }

    void sendQuery(String sql) throws IOException {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        out.write('Q');
        out.writeInt(4 + text.length + 1);
        out.write(text);
        out.write(0);
        out.flush();
    }

    /** Whether the process is still there; to be asked while no client has the session. */
    boolean isAlive() {
        try {
            sendQuery("");
            int type;
            do {
                type = in.readUnsignedByte();
                in.skipNBytes(in.readInt() - 4L);
            } while (type != 'Z');
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
