package io.github.redshiftquerylogs.sandbox.aws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The AWS Query protocol, which Redshift uses: requests are forms, replies are XML. Operations see both as documents, like
 * those of the JSON services.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">the protocol</a>
 */
final class QueryProtocol {

    private static final String NAMESPACE = "http://redshift.amazonaws.com/doc/2012-12-01/";
    private static final XMLOutputFactory XML = XMLOutputFactory.newInstance();
    /** Element names of list items in Redshift's replies. */
    private static final Map<String, String> ITEMS = Map.of(
            "Clusters", "Cluster",
            "VpcSecurityGroups", "VpcSecurityGroup",
            "ClusterSubnetGroups", "ClusterSubnetGroup",
            "Subnets", "Subnet");

    private QueryProtocol() {}

    /** The fields of a form; nested ones keep their dotted names. */
    static ObjectNode form(String body) {
        ObjectNode form = Json.object();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AwsError("MalformedQueryString", "The query string contains a syntax error: " + e.getMessage());
        }
    }

    static byte[] reply(String operation, JsonNode result) {
        return document(xml -> {
            xml.writeStartElement(operation + "Response");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeStartElement(operation + "Result");
            write(xml, result);
            xml.writeEndElement();
            xml.writeStartElement("ResponseMetadata");
            element(xml, "RequestId", UUID.randomUUID().toString());
            xml.writeEndElement();
            xml.writeEndElement();
        });
    }

    static byte[] error(AwsError error) {
        return document(xml -> {
            xml.writeStartElement("ErrorResponse");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeStartElement("Error");
            element(xml, "Type", error.httpStatus() < 500 ? "Sender" : "Receiver");
            element(xml, "Code", error.code());
            element(xml, "Message", error.message());
            xml.writeEndElement();
            element(xml, "RequestId", UUID.randomUUID().toString());
            xml.writeEndElement();
        });
    }

    private static void write(XMLStreamWriter xml, JsonNode fields) throws XMLStreamException {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            xml.writeStartElement(field.getKey());
            if (field.getValue().isArray()) {
                for (JsonNode item : field.getValue()) {
                    xml.writeStartElement(ITEMS.getOrDefault(field.getKey(), "member"));
                    write(xml, item);
                    xml.writeEndElement();
                }
            } else if (field.getValue().isObject()) {
                write(xml, field.getValue());
            } else {
                xml.writeCharacters(field.getValue().asText());
            }
            xml.writeEndElement();
        }
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    @FunctionalInterface
    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static byte[] document(Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(text);
            content.write(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a document in memory can be written", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
