package io.github.redshiftquerylogs.sandbox.protocol;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The client side of a connection: plain at first, encrypted once the client has asked for TLS and got it. */
final class ClientChannel implements Closeable {

    private Socket socket;
    private DataInputStream in;

    ClientChannel(Socket socket) throws IOException {
        this.socket = socket;
        this.in = buffered(socket);
    }

    /** Answers a request for TLS; without a factory the answer is "no", and the client decides whether to continue. */
    void answerTlsRequest(Optional<SSLSocketFactory> tls) throws IOException {
        socket.getOutputStream().write(tls.isPresent() ? 'S' : 'N');
        socket.getOutputStream().flush();
        if (tls.isPresent()) {
            SSLSocket encrypted = (SSLSocket) tls.get().createSocket(socket, null, socket.getPort(), true);
            encrypted.setUseClientMode(false);
            socket = encrypted;
            in = buffered(encrypted);
        }
    }

    DataInputStream in() {
        return in;
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static DataInputStream buffered(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 15));
    }
}
