// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.signature.AccessKey;

/** What the store is asked, what is done with its answers, and when guests' cache is told. */
class CustomMetadataResourceTest {
  private static final String UUID_TEXT = "C44DE03E-300b-7237-1827-b51aeaff3ccd";
  private static final String INSTANCE = "c44de03e-300b-7237-1827-b51aeaff3ccd";
  private static final Set<String> PROJECTS = Set.of("p1", "p2");

  private final Store store = new Store();
  private final List<String> changed = new ArrayList<>();
  private String query;
  private final CustomMetadataResource resource =
      new CustomMetadataResource("here", store, changed::add);

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
        text(resource.update(request(), body("\"metadata\": {\"test1\": \"789\"}"))));
    assertEquals(
        "{\"returnObj\":{\"instanceID\":\"c44de03e-300b-7237-1827-b51aeaff3ccd\",\"metadata\":"
            + "{\"test3\":\"IGs9\"}},\"details\":\"\",\"message\":\"SUCCESS\","
            + "\"description\":\"Successful\",\"statusCode\":800}",
        text(
            resource.update(
                request(), body("\"isForce\": true, \"metadata\": {\"test3\": \"IGs9\"}"))));
    assertEquals(
        "{\"returnObj\":{\"instanceID\":\"c44de03e-300b-7237-1827-b51aeaff3ccd\"},"
            + "\"details\":\"\",\"message\":\"SUCCESS\",\"description\":\"Successful\","
            + "\"statusCode\":800}",
        text(resource.delete(request(), body("\"azName\": null"))));
  }

  @Test
  void withoutKeysOnlyAForcedUpdateHasAMeaning() throws Exception {
    store.kept.put("k", "1");
    assertEquals(Failure.PARAMETER_INVALID, failure("\"metadata\": {}"));
    resource.update(request(), body("\"isForce\": true, \"metadata\": {}"));
    assertEquals(Map.of(), store.kept);
  }

  @Test
  void namesWhatIsMissingUnknownOrOfAnotherType() {
    assertEquals(Failure.PARAMETER_MISSING, failure("\"azName\": \"az1\""));
    assertEquals(Failure.PARAMETER_MISSING, failure("\"metadata\": null"));
    assertEquals(Failure.PARAMETER_INVALID, failure("\"metadata\": []"));
    assertEquals(Failure.PARAMETER_INVALID, failure("\"azName\": 1, \"metadata\": {\"k\": 1}"));
    RefusedException unknown =
        assertThrows(RefusedException.class, () -> create("\"metadta\": {\"k\": 1}"));
    assertEquals(Failure.PARAMETER_UNKNOWN, unknown.failure());
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
                resource.delete(
                    request(), utf8("{\"regionID\":\"x\",\"instanceID\":\"" + INSTANCE + "\"}")));
    assertEquals(Failure.REGION_NOT_FOUND, refusal.failure());
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
    assertEquals(Failure.of(reason), refusal.failure());
    assertEquals("so says the store", refusal.getMessage());
    assertEquals(List.of(), changed);
  }

  @Test
  void whereNobodyKnowsWhetherItWasDoneGuestsCacheIsTold() {
    store.away = true;
    RefusedException refusal =
        assertThrows(RefusedException.class, () -> create("\"metadata\": {\"k\": 1}"));
    assertEquals(Failure.SERVICE_UNAVAILABLE, refusal.failure());
    assertEquals("The database cannot be asked now. Try again later.", refusal.getMessage());
    assertEquals(List.of(INSTANCE), changed);
  }

  @Test
  void aParameterInTheQueryOfAChangeIsRefusedRatherThanPassedOver() {
    query = "isForce=true";
    assertEquals(Failure.PARAMETER_UNKNOWN, failure("\"metadata\": {\"k\": 1}"));
    assertEquals(Optional.empty(), store.asked);
  }

  private Failure failure(String more) {
    return assertThrows(RefusedException.class, () -> create(more)).failure();
  }

  private String create(String more) throws RefusedException {
    return text(resource.create(request(), body(more)));
  }

  private static byte[] body(String more) {
    return utf8("{\"regionID\": \"here\", \"instanceID\": \"" + UUID_TEXT + "\", " + more + "}");
  }

  private static String text(Response response) {
    assertEquals(200, response.getStatus());
    assertEquals("application/json", response.getMediaType().toString());
    return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private HttpServletRequest request() {
    VerifiedCall call =
        new VerifiedCall(
            new AccessKey("ak", "sk", PROJECTS), UUID.randomUUID().toString(), new byte[0]);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            CustomMetadataResourceTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getAttribute")) {
                return call;
              }
              if (method.getName().equals("getQueryString")) {
                return query;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
