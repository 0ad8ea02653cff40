// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.signature.AccessKey;

/** What the store is asked, what is done with its answers, and when guests' cache is told. */
class CustomMetadataCallsTest {
  private static final String UUID_TEXT = "C44DE03E-300b-7237-1827-b51aeaff3ccd";
  private static final String INSTANCE = "c44de03e-300b-7237-1827-b51aeaff3ccd";
  private static final Set<String> PROJECTS = Set.of("p1", "p2");

  private final Store store = new Store();
  private final List<String> changed = new ArrayList<>();
  private final CustomMetadataCalls calls = new CustomMetadataCalls("here", store, changed::add);

  /** Keeps what one instance has, and fails when it is told to. */
  private static final class Store implements CustomMetadata {
    private final Map<String, String> kept = new LinkedHashMap<>();
    private Optional<CustomMetadataRefusedException.Reason> refusal = Optional.empty();
    private boolean away;
    private Optional<CustomMetadataTarget> asked = Optional.empty();

    @Override
    public Map<String, String> read(CustomMetadataTarget target)
        throws CustomMetadataRefusedException, StoreUnavailableException {
      asked = Optional.of(target);
      if (refusal.isPresent()) {
        throw new CustomMetadataRefusedException(refusal.get(), "so says the store");
      }
      if (away) {
        throw new StoreUnavailableException("connection of root@secret refused", null);
      }
      return kept;
    }

    @Override
    public Map<String, String> merge(CustomMetadataTarget target, Map<String, String> values)
        throws CustomMetadataRefusedException, StoreUnavailableException {
      read(target).putAll(values);
      return kept;
    }

    @Override
    public Map<String, String> replace(CustomMetadataTarget target, Map<String, String> values)
        throws CustomMetadataRefusedException, StoreUnavailableException {
      read(target).clear();
      kept.putAll(values);
      return kept;
    }
  }

  @Test
  void asksForTheInstanceAsNovaWritesItAndForTheKeysProjects() throws Exception {
    create("\"azName\": \"az1\", \"metadata\": {\"k\": 1.0}");
    assertEquals(
        Optional.of(new CustomMetadataTarget(INSTANCE, PROJECTS, Optional.of("az1"))), store.asked);
    assertEquals(Map.of("k", "1.0"), store.kept);
    assertEquals(List.of(INSTANCE), changed);
  }

  @Test
  void answersAsTheVendorDoesToTheByte() throws Exception {
    assertEquals(
        "{\"returnObj\":{\"instanceID\":\"c44de03e-300b-7237-1827-b51aeaff3ccd\",\"metadata\":"
            + "{\"test1\":\"123\",\"test2\":\"abc\"}},\"details\":\"\",\"message\":\"SUCCESS\","
            + "\"description\":\"Successful\",\"statusCode\":800}",
        create("\"metadata\": {\"test1\": \"123\", \"test2\": \"abc\"}"));
    assertEquals(
        "{\"returnObj\":{\"instanceID\":\"c44de03e-300b-7237-1827-b51aeaff3ccd\",\"metadata\":"
            + "{\"test1\":\"789\",\"test2\":\"abc\"}},\"details\":\"\",\"message\":\"SUCCESS\","
            + "\"description\":\"Successful\",\"statusCode\":800}",
        send("update", "\"metadata\": {\"test1\": \"789\"}"));
    assertEquals(
        "{\"returnObj\":{\"instanceID\":\"c44de03e-300b-7237-1827-b51aeaff3ccd\",\"metadata\":"
            + "{\"test3\":\"IGs9\"}},\"details\":\"\",\"message\":\"SUCCESS\","
            + "\"description\":\"Successful\",\"statusCode\":800}",
        send("update", "\"isForce\": true, \"metadata\": {\"test3\": \"IGs9\"}"));
    assertEquals(
        "{\"returnObj\":{\"instanceID\":\"c44de03e-300b-7237-1827-b51aeaff3ccd\"},"
            + "\"details\":\"\",\"message\":\"SUCCESS\",\"description\":\"Successful\","
            + "\"statusCode\":800}",
        send("delete", "\"azName\": null"));
  }

  @Test
  void withoutKeysOnlyAForcedUpdateHasAMeaning() throws Exception {
    store.kept.put("k", "1");
    assertEquals(ErrorCode.PARAMETER_INVALID, error("\"metadata\": {}"));
    send("update", "\"isForce\": true, \"metadata\": {}");
    assertEquals(Map.of(), store.kept);
  }

  @Test
  void namesWhatIsMissingUnknownOrOfAnotherType() {
    assertEquals(ErrorCode.PARAMETER_MISSING, error("\"azName\": \"az1\""));
    assertEquals(ErrorCode.PARAMETER_MISSING, error("\"metadata\": null"));
    assertEquals(ErrorCode.PARAMETER_INVALID, error("\"metadata\": []"));
    assertEquals(ErrorCode.PARAMETER_INVALID, error("\"azName\": 1, \"metadata\": {\"k\": 1}"));
    RefusedException unknown =
        assertThrows(RefusedException.class, () -> create("\"metadta\": {\"k\": 1}"));
    assertEquals(ErrorCode.PARAMETER_UNKNOWN, unknown.error());
    assertEquals(
        "There is no parameter metadta; this call takes regionID, azName, instanceID, metadata.",
        unknown.getMessage());
    assertEquals(Optional.empty(), store.asked);
  }

  @Test
  void anotherRegionIsNotServed() {
    RefusedException refusal =
        assertThrows(
            RefusedException.class,
            () ->
                send(
                    PlainCall.post(
                        "/v4/ecs/metadata/delete",
                        "{\"regionID\":\"x\",\"instanceID\":\"" + INSTANCE + "\"}")));
    assertEquals(ErrorCode.REGION_NOT_FOUND, refusal.error());
    assertEquals(Optional.empty(), store.asked);
    assertEquals(List.of(), changed);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalIsToldInTheStoresWordsAndChangesNothing(
      CustomMetadataRefusedException.Reason reason) {
    store.refusal = Optional.of(reason);
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> create("\"metadata\": {\"k\": 1}"));
    assertEquals(ErrorCode.of(reason), refusal.error());
    assertEquals("so says the store", refusal.getMessage());
    assertEquals(List.of(), changed);
  }

  @Test
  void whereNobodyKnowsWhetherItWasDoneGuestsCacheIsTold() {
    store.away = true;
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> create("\"metadata\": {\"k\": 1}"));
    assertEquals(ErrorCode.SERVICE_UNAVAILABLE, refusal.error());
    assertEquals("The database cannot be asked now. Try again later.", refusal.getMessage());
    assertEquals(List.of(INSTANCE), changed);
  }

  @Test
  void aParameterInTheQueryOfAChangeIsRefusedRatherThanPassedOver() {
    PlainCall call = PlainCall.post("/v4/ecs/metadata/create", body("\"metadata\": {\"k\": 1}"));
    assertEquals(ErrorCode.PARAMETER_UNKNOWN, error(call.withQuery("isForce=true")));
    assertEquals(Optional.empty(), store.asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "Application/JSON", "application/json; charset=utf-8"})
  void aBodyIsJson(String type) throws Exception {
    PlainCall call = PlainCall.post("/v4/ecs/metadata/create", body("\"metadata\": {\"k\": 1}"));
    send(call.withContentType(Optional.of(type)));
    assertEquals(Map.of("k", "1"), store.kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", "application/jsonp", "json"})
  void aBodyOfAnotherTypeIsRefused(String type) {
    PlainCall call = PlainCall.post("/v4/ecs/metadata/create", body("\"metadata\": {\"k\": 1}"));
    Optional<String> sent = Optional.of(type).filter(text -> !text.isEmpty());
    assertEquals(ErrorCode.REQUEST_UNSUPPORTED_MEDIA_TYPE, error(call.withContentType(sent)));
    assertEquals(Optional.empty(), store.asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v4/ecs/metadata",
        "/v4/ecs/metadata/",
        "/v4/ecs/metadata/details/",
        "/v4/ecs/metadata/Details",
        "/v4/ecs/metadata/details;a=b",
        "/v4/ecs/metadata/%64etails"
      })
  void thereIsNoOtherPath(String path) {
    assertEquals(ErrorCode.REQUEST_NOT_FOUND, error(PlainCall.get(path, "")));
  }

  @Test
  void aQueryIsDecodedAndEachOfItsParametersStandsThereOnce() throws Exception {
    store.kept.put("a key+", "1");
    String query = "regionID=here&&instanceID=" + UUID_TEXT + "&azName=";
    String answer =
        send(PlainCall.get("/v4/ecs/metadata/details", query + "&metadataKey=a+key%2B"));
    assertTrue(answer.startsWith("{\"returnObj\":{\"metadata\":{\"a key+\":1}},"), answer);
    assertEquals(
        ErrorCode.PARAMETER_INVALID,
        error(PlainCall.get("/v4/ecs/metadata/details", query + "&regionID=here")));
    assertEquals(
        ErrorCode.REQUEST_MALFORMED,
        error(PlainCall.get("/v4/ecs/metadata/details", query + "&metadataKey=%zz")));
  }

  private ErrorCode error(String more) {
    return assertThrows(RefusedException.class, () -> create(more)).error();
  }

  private ErrorCode error(PlainCall call) {
    return assertThrows(RefusedException.class, () -> send(call)).error();
  }

  private String create(String more) throws RefusedException {
    return send("create", more);
  }

  private String send(String call, String more) throws RefusedException {
    return send(PlainCall.post("/v4/ecs/metadata/" + call, body(more)));
  }

  private String send(PlainCall call) throws RefusedException {
    JsonAnswer answer =
        calls.answer(
            call, new VerifiedCall(new AccessKey("ak", "sk", PROJECTS), "an-id", call.body()));
    assertEquals(200, answer.status());
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String body(String more) {
    return "{\"regionID\": \"here\", \"instanceID\": \"" + UUID_TEXT + "\", " + more + "}";
  }
}
