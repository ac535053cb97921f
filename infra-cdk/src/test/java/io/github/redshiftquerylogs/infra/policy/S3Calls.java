package io.github.redshiftquerylogs.infra.policy;

import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Translates S3 requests with path-style addresses to calls with IAM actions. The action depends on the method, on
 * whether there is a key, and on the subresource in the query
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html).
 */
final class S3Calls {

    private static final String BUCKETS = "arn:aws:s3:::";
    /** Query parameters that do not select an operation. */
    private static final Set<String> DETAILS = Set.of(
            "x-id",
            "prefix",
            "delimiter",
            "marker",
            "start-after",
            "continuation-token",
            "max-keys",
            "encoding-type",
            "fetch-owner");
    /** Headers for which writing an object needs further permissions. */
    private static final List<String> MORE_RIGHTS =
            List.of("x-amz-acl", "x-amz-grant-", "x-amz-tagging", "x-amz-object-");

    private static final XMLInputFactory XML = XMLInputFactory.newInstance();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    private S3Calls() {}

    /** @throws IllegalArgumentException if the action of the request is not known here */
    static Stream<Call> of(String method, String target, Map<String, String> amzHeaders, String body) {
        Address address = Address.of(target);
        String what = Stream.of(
                        Stream.of(method, address.key().isEmpty() ? "bucket" : "object"),
                        address.query().keySet().stream().filter(name -> !DETAILS.contains(name)))
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
        return switch (what) {
            case "GET object", "HEAD object" -> Stream.of(Call.of("s3:GetObject", address.object()));
            case "PUT object", "PUT object partNumber uploadId", "POST object uploads", "POST object uploadId" ->
                Stream.concat(copied(amzHeaders), Stream.of(Call.of("s3:PutObject", address.object())));
            case "DELETE object" -> Stream.of(Call.of("s3:DeleteObject", address.object()));
            case "DELETE object uploadId" -> Stream.of(Call.of("s3:AbortMultipartUpload", address.object()));
            case "POST bucket delete" ->
                keys(body).stream().map(key -> Call.of("s3:DeleteObject", address.bucketArn() + "/" + key));
            case "GET bucket", "GET bucket list-type" -> Stream.of(listing(address));
            case "HEAD bucket" -> Stream.of(Call.of("s3:ListBucket", address.bucketArn()));
            case "GET bucket location" -> Stream.of(Call.of("s3:GetBucketLocation", address.bucketArn()));
            default -> throw new IllegalArgumentException("the action of " + what + ": " + target);
        };
    }

    /** A listing of the whole bucket has no condition key for the prefix. */
    private static Call listing(Address address) {
        Call call = Call.of("s3:ListBucket", address.bucketArn());
        return Optional.ofNullable(address.query().get("prefix"))
                .map(prefix -> call.with("s3:prefix", prefix))
                .orElse(call);
    }

    /** CopyObject and UploadPartCopy also read. */
    private static Stream<Call> copied(Map<String, String> amzHeaders) {
        amzHeaders.keySet().stream()
                .filter(header -> MORE_RIGHTS.stream().anyMatch(header::startsWith))
                .forEach(header -> {
                    throw new IllegalArgumentException("the action of a PUT with " + header);
                });
        return Optional.ofNullable(amzHeaders.get("x-amz-copy-source")).stream()
                .map(source -> Call.of(
                        "s3:GetObject",
                        Address.of(source.startsWith("/") ? source : "/" + source)
                                .object()));
    }

    private static List<String> keys(String delete) {
        List<String> keys = new ArrayList<>();
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(delete));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "Key" -> keys.add(reader.getElementText());
                        case "Delete", "Object", "Quiet" -> {}
                        default -> throw new IllegalArgumentException("a DeleteObjects with " + reader.getLocalName());
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("a DeleteObjects that is no XML", e);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a DeleteObjects without keys");
        }
        return keys;
    }

    private record Address(String bucket, String key, TreeMap<String, String> query) {

        static Address of(String target) {
            String[] pathAndQuery = target.split("\\?", 2);
            // a plus sign is literal in a path, and a blank in a query
            String[] path = decode(pathAndQuery[0].replace("+", "%2B")).split("/", 3);
            TreeMap<String, String> query = new TreeMap<>();
            if (pathAndQuery.length > 1) {
                for (String pair : pathAndQuery[1].split("&", -1)) {
                    String[] nameAndValue = pair.split("=", 2);
                    query.put(decode(nameAndValue[0]), nameAndValue.length > 1 ? decode(nameAndValue[1]) : "");
                }
            }
            if (path.length < 2 || path[1].isEmpty()) {
                throw new IllegalArgumentException("a request of no bucket: " + target);
            }
            return new Address(path[1], path.length > 2 ? path[2] : "", query);
        }

        String bucketArn() {
            return BUCKETS + bucket;
        }

        String object() {
            return bucketArn() + "/" + key;
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }
}
