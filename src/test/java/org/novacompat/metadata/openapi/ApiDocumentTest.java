// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.signature.AccessKey;

/** The document says what the calls do: each of its paths, parameters, statuses and properties. */
class ApiDocumentTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonNode DOCUMENT = read();
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  /** What a parameter can be, apart from its schema: the region and the instance exist. */
  private static final Map<String, String> EXISTING =
      Map.of("regionID", "here", "azName", "az1", "metadataKey", "test1");

  private final CustomMetadataCalls calls =
      new CustomMetadataCalls("here", new Store(), instance -> {});

  /** Holds what one instance has. */
  private static final class Store implements CustomMetadata {
    private static final Map<String, String> KEPT = Map.of("test1", "\"123\"");

    @Override
    public Map<String, String> read(CustomMetadataTarget target) {
      return KEPT;
    }

    @Override
    public Map<String, String> merge(CustomMetadataTarget target, Map<String, String> values) {
      return values;
    }

    @Override
    public Map<String, String> replace(CustomMetadataTarget target, Map<String, String> values) {
      return values;
    }
  }

  /**
   * An operation of the document.
   *
   * @param path its path
   * @param method its method
   * @param node what the document says of it
   */
  private record Operation(String path, String method, JsonNode node) {
    boolean hasBody() {
      return node.has("requestBody");
    }

    /** The schema of its parameters, be they in the query or in the body. */
    JsonNode parameters() {
      if (hasBody()) {
        return resolved(node.at("/requestBody/content/application~1json/schema"));
      }
      ObjectNode schema = YAML.createObjectNode();
      for (JsonNode parameter : node.get("parameters")) {
        assertEquals("query", parameter.get("in").asText());
        schema
            .withObject("/properties")
            .set(parameter.get("name").asText(), parameter.get("schema"));
        if (parameter.path("required").asBoolean()) {
          schema.withArray("/required").add(parameter.get("name"));
        }
      }
      return schema;
    }

    PlainCall call(Map<String, JsonNode> values) {
      if (hasBody()) {
        return PlainCall.post(path, YAML.valueToTree(values).toString()).withMethod(method);
      }
      return PlainCall.get(
              path,
              values.entrySet().stream()
                  .map(value -> value.getKey() + "=" + value.getValue().asText())
                  .collect(Collectors.joining("&")))
          .withMethod(method);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operations.add(
                                new Operation(
                                    path.getKey(),
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    operation.getValue()))));
    return operations;
  }

  @Test
  void itHasTheFourCalls() {
    assertEquals(
        Set.of(
            "POST /v4/ecs/metadata/create",
            "POST /v4/ecs/metadata/update",
            "POST /v4/ecs/metadata/delete",
            "GET /v4/ecs/metadata/details"),
        operations().stream().map(Operation::toString).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aCallWithEveryParameterOrWithThoseRequiredSucceedsAsDescribed(Operation operation)
      throws Exception {
    Map<String, JsonNode> all = values(operation);
    Map<String, JsonNode> required = new LinkedHashMap<>(all);
    required.keySet().retainAll(required(operation));
    for (Map<String, JsonNode> values : List.of(all, required)) {
      JsonAnswer answer = send(operation.call(values));
      assertTrue(operation.node.get("responses").has(String.valueOf(answer.status())));
      JsonNode body = YAML.readTree(answer.body());
      assertEquals(800, body.get("statusCode").asInt());
      assertIs(schemaOfAnswer(operation, 0), body);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aParameterThatIsRequiredMustBeThere(Operation operation) throws Exception {
    for (String name : required(operation)) {
      Map<String, JsonNode> values = values(operation);
      values.remove(name);
      assertFails(ErrorCode.PARAMETER_MISSING, operation, operation.call(values));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void noParameterIsTakenThatIsNotDescribed(Operation operation) throws Exception {
    Set<String> known = new TreeSet<>(values(operation).keySet());
    for (Operation other : operations()) {
      for (String name : values(other).keySet()) {
        if (!known.contains(name)) {
          Map<String, JsonNode> values = values(operation);
          values.put(name, values(other).get(name));
          assertFails(ErrorCode.PARAMETER_UNKNOWN, operation, operation.call(values));
        }
      }
    }
    if (operation.hasBody()) {
      assertEquals(false, operation.parameters().get("additionalProperties").asBoolean(true));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aParameterIsOfItsTypeAlone(Operation operation) throws Exception {
    for (String name : operation.hasBody() ? values(operation).keySet() : Set.<String>of()) {
      Map<String, JsonNode> values = values(operation);
      values.put(name, YAML.readTree("[]"));
      assertFails(ErrorCode.PARAMETER_INVALID, operation, operation.call(values));
    }
    JsonNode metadata = operation.parameters().at("/properties/metadata");
    if (!metadata.isMissingNode()) {
      Map<String, JsonNode> values = values(operation);
      values.put("metadata", YAML.createObjectNode());
      assertEquals(
          metadata.path("minProperties").asInt() == 0,
          values.containsKey("isForce"),
          "only with isForce there need be no key");
      if (values.containsKey("isForce")) {
        assertEquals(200, send(operation.call(values)).status());
      } else {
        assertFails(ErrorCode.PARAMETER_INVALID, operation, operation.call(values));
      }
    }
    Map<String, JsonNode> values = values(operation);
    values.put("instanceID", YAML.getNodeFactory().textNode("i-00000001"));
    assertFails(ErrorCode.INSTANCE_NOT_FOUND, operation, operation.call(values));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void otherMethodsAreNotAllowed(Operation operation) throws Exception {
    for (String method : METHODS) {
      if (!method.equals(operation.method)) {
        PlainCall call = operation.call(values(operation)).withMethod(method);
        assertFails(ErrorCode.REQUEST_METHOD_NOT_ALLOWED, operation, call);
      }
    }
  }

  @Test
  void theSignatureAndTheServerAreThoseOfTheService() {
    JsonNode scheme = DOCUMENT.at("/components/securitySchemes/signature");
    assertEquals("header", scheme.get("in").asText());
    assertTrue(
        EopAuthorization.parse(scheme.get("description").asText().split(",")[0]).isPresent());
    assertEquals("[{\"signature\":[]}]", DOCUMENT.get("security").toString());
    NovaConf conf = NovaConf.load(List.of(), List.of(), Map.of());
    JsonNode variables = DOCUMENT.at("/servers/0/variables");
    assertEquals(
        conf.get(Catalogue.OPENAPI.listenPort).orElseThrow(),
        variables.at("/port/default").asInt());
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
    Set<String> used = new TreeSet<>();
    for (JsonNode reference : DOCUMENT.findValues("$ref")) {
      assertNotEquals(true, DOCUMENT.at(reference.asText().substring(1)).isMissingNode());
      used.add(reference.asText().replaceFirst(".*/", ""));
    }
    for (String kind : List.of("schemas", "responses")) {
      DOCUMENT
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(name -> assertTrue(used.contains(name), name));
    }
  }

  private void assertFails(ErrorCode error, Operation operation, PlainCall call) throws Exception {
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> send(call), call::toString);
    assertEquals(error, refusal.error(), refusal.getMessage());
    JsonAnswer answer = JsonAnswer.failed(refusal.error(), refusal.getMessage());
    JsonNode responses = operation.node.get("responses");
    JsonNode response = resolved(responses.path(String.valueOf(answer.status())));
    JsonNode schema =
        response.isMissingNode()
            ? resolved(responses.get("default")).at("/content/application~1json/schema")
            : schemaOfAnswer(operation, 1);
    JsonNode body = YAML.readTree(answer.body());
    assertEquals(900, body.get("statusCode").asInt());
    assertIs(schema, body);
  }

  /** Success comes first, failure second. */
  private static JsonNode schemaOfAnswer(Operation operation, int number) {
    JsonNode schemas = operation.node.at("/responses/200/content/application~1json/schema/oneOf");
    assertEquals(2, schemas.size());
    return schemas.get(number);
  }

  /** A value has its schema's type, and every property that the schema has, and no other. */
  private static void assertIs(JsonNode reference, JsonNode value) {
    JsonNode schema = resolved(reference);
    String type =
        value.isTextual() ? "string" : value.isInt() ? "integer" : value.isObject() ? "object" : "";
    assertEquals(schema.get("type").asText(), type, schema::toString);
    if (schema.path("format").asText().equals("uuid")) {
      assertEquals(value.asText(), UUID.fromString(value.asText()).toString());
    }
    if (schema.has("properties")) {
      assertEquals(names(schema.get("properties")), names(value));
      value
          .properties()
          .forEach(
              member -> assertIs(schema.get("properties").get(member.getKey()), member.getValue()));
    } else {
      assertEquals(value.isObject(), schema.has("additionalProperties"), schema::toString);
    }
  }

  /** A right value for each parameter. */
  private static Map<String, JsonNode> values(Operation operation) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    operation
        .parameters()
        .get("properties")
        .properties()
        .forEach(
            property ->
                values.put(property.getKey(), value(property.getKey(), property.getValue())));
    return values;
  }

  private static JsonNode value(String name, JsonNode schema) {
    if (EXISTING.containsKey(name)) {
      assertEquals("string", schema.get("type").asText());
      return YAML.getNodeFactory().textNode(EXISTING.get(name));
    }
    if (schema.get("type").asText().equals("boolean")) {
      return YAML.getNodeFactory().booleanNode(true);
    }
    return schema.has("examples")
        ? schema.at("/examples/0")
        : YAML.getNodeFactory().textNode(UUID.randomUUID().toString());
  }

  private static Set<String> required(Operation operation) {
    Set<String> required = new TreeSet<>();
    operation.parameters().get("required").forEach(name -> required.add(name.asText()));
    return required;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
  }

  private JsonAnswer send(PlainCall call) throws RefusedException {
    return calls.answer(
        call, new VerifiedCall(new AccessKey("ak", "sk", Set.of("p")), "an-id", call.body()));
  }

  private static JsonNode read() {
    try (InputStream yaml = OpenApiServlet.class.getResourceAsStream("openapi.yaml")) {
      return YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
