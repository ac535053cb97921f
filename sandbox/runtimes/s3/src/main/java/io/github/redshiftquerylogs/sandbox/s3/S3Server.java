package io.github.redshiftquerylogs.sandbox.s3;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** S3Proxy over a folder, on a free port of the loopback interface. Requests are signed (version 4), as on AWS. */
public final class S3Server {

    private static final String PROVIDER = "filesystem-nio2";

    private S3Server() {}

    /**
     * Starts the server, prints {@code ready on port <port>} and goes on until the process is stopped. The credentials
     * that clients have to use are those of the environment, {@code AWS_ACCESS_KEY_ID} and
     * {@code AWS_SECRET_ACCESS_KEY}.
     *
     * @param arguments the folder that the buckets lie in; made if absent
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(BlobStores.create(PROVIDER, properties))
                .endpoint(new URI("http", null, InetAddress.getLoopbackAddress().getHostAddress(), 0, null, null, null))
                .awsAuthentication(
                        AuthenticationType.AWS_V2_OR_V4,
                        System.getenv("AWS_ACCESS_KEY_ID"),
                        System.getenv("AWS_SECRET_ACCESS_KEY"))
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        System.out.println("ready on port " + server.getPort());
    }
}
