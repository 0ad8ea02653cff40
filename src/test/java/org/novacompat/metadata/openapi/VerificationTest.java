// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.EopSignature;

class VerificationTest {
  private static final AccessKey KEY = new AccessKey("ak", "s3cr3t-of-the-key", Set.of("p1"));
  private static final Duration SKEW = Duration.ofSeconds(300);

  private final MovableClock clock = new MovableClock();
  private final Map<String, AccessKey> keys = new HashMap<>(Map.of("ak", KEY));
  private final List<String> looked = new ArrayList<>();
  private RequestIds.Sighting sighting = RequestIds.Sighting.FIRST;
  private boolean away;
  private final Verification verification = node();

  private Verification node() {
    return new Verification(
        new OpenApiSettings("here", SKEW, 5, 8),
        id -> Optional.ofNullable(keys.get(id)),
        this::look,
        clock);
  }

  private RequestIds.Sighting look(String accessKey, String id, Duration validFor)
      throws StoreUnavailableException {
    if (away) {
      throw new StoreUnavailableException("[database] does not answer", null);
    }
    looked.add(accessKey + " " + id);
    return sighting;
  }

  /** A call that is signed right until something of it is changed. */
  private static final class Call implements ReceivedCall {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String query = "b=2&a=x%2Fy";
    private byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    private String address = "192.0.2.1";
    private Optional<ErrorCode> bodysFailure = Optional.empty();
    private boolean bodyRead;
    private Runnable whileReading = () -> {};

    private Call(String date) {
      set("ctyun-eop-request-id", UUID.randomUUID().toString());
      set("Eop-date", date);
      sign(KEY, "Headers=", "ctyun-eop-request-id", "eop-date");
    }

    private void set(String name, String... values) {
      headers.put(name, List.of(values));
    }

    private Call sign(AccessKey key, String word, String... names) {
      TreeMap<String, String> signed = new TreeMap<>();
      for (String name : names) {
        signed.put(name, headers.get(name).get(0));
      }
      String signature =
          EopSignature.sign(key, headers.get("Eop-date").get(0), signed, "a=x%2Fy&b=2", body);
      set(
          "Eop-Authorization",
          key.id() + " " + word + String.join(";", names) + " Signature=" + signature);
      return this;
    }

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/v4/ecs/metadata/create";
    }

    @Override
    public List<String> headers(String name) {
      return headers.getOrDefault(name, List.of());
    }

    @Override
    public String query() {
      return query;
    }

    @Override
    public String address() {
      return address;
    }

    @Override
    public byte[] body() throws RefusedException {
      bodyRead = true;
      whileReading.run();
      if (bodysFailure.isPresent()) {
        throw new RefusedException(bodysFailure.get(), "as the test wants");
      }
      return body;
    }
  }

  @Test
  void letsInWhatIsSignedRight() throws Exception {
    Call call = call();
    VerifiedCall verified = verification.verify(call);
    assertEquals(KEY, verified.key());
    assertEquals(call.headers("ctyun-eop-request-id").get(0), verified.id());
    assertEquals("{}", new String(verified.body(), StandardCharsets.UTF_8));
  }

  @Test
  void takesTheTimeOfBeijingAndTheOlderSpelling() throws Exception {
    verification.verify(new Call("20261122T200000Z"));
    verification.verify(call().sign(KEY, "Header=", "ctyun-eop-request-id", "eop-date"));
  }

  @Test
  void moreHeadersMayBeSignedAndThenCount() throws Exception {
    Call call = call();
    call.set("x-more", "1");
    call.sign(KEY, "Headers=", "ctyun-eop-request-id", "eop-date", "x-more");
    verification.verify(call);

    Call changed = call();
    changed.set("x-more", "1");
    changed.sign(KEY, "Headers=", "ctyun-eop-request-id", "eop-date", "x-more");
    changed.set("x-more", "2");
    assertEquals(ErrorCode.SIGNATURE_INVALID, error(changed));
  }

  @Test
  void bothHeadersMustBeSigned() {
    assertEquals(
        ErrorCode.SIGNATURE_MALFORMED, error(call().sign(KEY, "Headers=", "ctyun-eop-request-id")));
    assertEquals(ErrorCode.SIGNATURE_MALFORMED, error(call().sign(KEY, "Headers=", "eop-date")));
  }

  @Test
  void everyHeaderMustBeThereOnce() {
    List<ErrorCode> failures = new ArrayList<>();
    for (String name : List.of("ctyun-eop-request-id", "Eop-date")) {
      Call without = call();
      without.headers.remove(name);
      failures.add(error(without));
      Call twice = call();
      String value = twice.headers(name).get(0);
      twice.set(name, value, value);
      twice.address = "192.0.2.2";
      failures.add(error(twice));
    }
    assertEquals(Set.of(ErrorCode.SIGNATURE_MISSING), Set.copyOf(failures));
  }

  @Test
  void theAuthorizationMustBeOfItsForm() {
    int number = 0;
    for (String value :
        List.of(
            "",
            "ak",
            "ak Headers=ctyun-eop-request-id;eop-date",
            "ak Signature=AAAA",
            "a k Headers=ctyun-eop-request-id;eop-date Signature=AAAA",
            "ak Headers=ctyun-eop-request-id;eop-date Signature=AA!A",
            "ak Headers=" + "a;".repeat(40) + "ctyun-eop-request-id;eop-date Signature=AAAA",
            "é Headers=ctyun-eop-request-id;eop-date Signature=AAAA",
            "a".repeat(200) + " Headers=ctyun-eop-request-id;eop-date Signature=AAAA")) {
      Call call = call();
      call.address = "192.0.2." + number++;
      call.set("Eop-Authorization", value);
      assertEquals(ErrorCode.SIGNATURE_MALFORMED, error(call), value);
      assertFalse(call.bodyRead);
    }
  }

  private Call withId(String id) {
    Call call = call();
    call.set("ctyun-eop-request-id", id);
    return call.sign(KEY, "Headers=", "ctyun-eop-request-id", "eop-date");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1B2c3D4e5F6", "1", "1-1-1-1-1", "!~:/{0}"})
  void anIdIsAnyTextWithoutSpaces(String id) throws Exception {
    assertEquals(id, verification.verify(withId(id)).id());
    assertEquals(ErrorCode.SIGNATURE_REPLAYED, error(withId(id)));
    verification.verify(withId("x".repeat(128 - id.length()) + id));
  }

  @Test
  void anIdHasALimitAndNothingUnprintable() {
    for (String id : List.of("", "a b", "\u00e9", "a\u0007", "x".repeat(129))) {
      RefusedException refusal =
          assertThrows(RefusedException.class, () -> verification.verify(withId(id)));
      assertEquals(ErrorCode.SIGNATURE_MALFORMED, refusal.error());
      assertTrue(refusal.getMessage().contains("ctyun-eop-request-id must be 1 to 128"));
    }
  }

  @Test
  void aWrongClockOrTimeZoneIsToldAsSuch() {
    Map<String, String> told =
        Map.of(
            "20261122T140000Z", "is 7200 seconds ahead of the present time, 2026-11-22T12:00:00Z",
            "20261122T115000Z", "is 600 seconds behind the present time",
            "20261122T193000Z", "is 1800 seconds behind the present time");
    told.forEach(
        (date, sentence) -> {
          RefusedException refusal =
              assertThrows(RefusedException.class, () -> verification.verify(new Call(date)));
          assertEquals(ErrorCode.SIGNATURE_EXPIRED, refusal.error());
          assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
        });
    assertEquals(ErrorCode.SIGNATURE_MALFORMED, error(new Call("2026-11-22T12:00:00Z")));
  }

  @Test
  void aWrongClockLocksNobodysKey() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertEquals(ErrorCode.SIGNATURE_EXPIRED, error(new Call("20261122T140000Z")));
      assertEquals(ErrorCode.SIGNATURE_MALFORMED, error(withId("a b")));
    }
    Call wrong = call();
    wrong.body = new byte[0];
    assertEquals(ErrorCode.SIGNATURE_INVALID, error(wrong));
    verification.verify(call());
  }

  @Test
  void bodyQueryAndKeyAreWhatWasSigned() {
    Call body = call();
    body.body = "{ }".getBytes(StandardCharsets.UTF_8);
    assertEquals(ErrorCode.SIGNATURE_INVALID, error(body));
    Call query = call();
    query.query = "a=x&b=2";
    assertEquals(ErrorCode.SIGNATURE_INVALID, error(query));
    AccessKey wrong = new AccessKey("ak", "another-secret", Set.of());
    assertEquals(
        ErrorCode.SIGNATURE_INVALID,
        error(call().sign(wrong, "Headers=", "ctyun-eop-request-id", "eop-date")));
  }

  @Test
  void anUnknownKeyFailsAsAWrongSignatureDoes() {
    AccessKey unknown = new AccessKey("nobody", "s3cr3t-of-the-key", Set.of());
    RefusedException refusal =
        assertThrows(
            RefusedException.class,
            () ->
                verification.verify(
                    call().sign(unknown, "Headers=", "ctyun-eop-request-id", "eop-date")));
    Call wrong = call();
    wrong.body = new byte[0];
    RefusedException other = assertThrows(RefusedException.class, () -> verification.verify(wrong));
    assertEquals(other.error(), refusal.error());
    assertEquals(other.getMessage(), refusal.getMessage());
    assertTrue(wrong.bodyRead);
  }

  @Test
  void aDateBeyondTheSkewIsRefusedBeforeTheBodyIsRead() {
    Call late = new Call("20261122T115459Z");
    assertEquals(ErrorCode.SIGNATURE_EXPIRED, error(late));
    assertFalse(late.bodyRead);
  }

  @Test
  void aCallIsMadeOnceAlsoWhenTheOtherReadingOfItsDateBecomesNow() throws Exception {
    Call call = new Call("20261122T200000Z");
    verification.verify(call);
    assertEquals(ErrorCode.SIGNATURE_REPLAYED, error(call));
    clock.move(Duration.ofHours(8));
    assertEquals(ErrorCode.SIGNATURE_REPLAYED, error(call));
    clock.move(SKEW);
    assertEquals(ErrorCode.SIGNATURE_REPLAYED, error(call));
    clock.move(Duration.ofSeconds(1));
    assertEquals(ErrorCode.SIGNATURE_EXPIRED, error(call));
  }

  @Test
  void whoSignsWrongUsesUpNobodysId() throws Exception {
    Call call = call();
    Call forged = call();
    forged.set("ctyun-eop-request-id", call.headers("ctyun-eop-request-id").get(0));
    assertEquals(ErrorCode.SIGNATURE_INVALID, error(forged));
    verification.verify(call);
  }

  @Test
  void aKeyThatIsGoneCountsNoMore() throws Exception {
    verification.verify(call());
    keys.clear();
    assertEquals(ErrorCode.SIGNATURE_INVALID, error(call()));
  }

  @Test
  void tooManyFailuresAreToldToTheirNetworkAndShutOutNobody() throws Exception {
    for (int i = 0; i < 5; i++) {
      Call wrong = call();
      wrong.address = "2001:db8::" + i;
      wrong.body = new byte[0];
      assertEquals(ErrorCode.SIGNATURE_INVALID, error(wrong));
    }
    Call wrong = call();
    wrong.address = "2001:db8::77";
    wrong.body = new byte[0];
    assertEquals(ErrorCode.SIGNATURE_TOO_MANY_FAILURES, error(wrong));
    wrong.address = "2001:db8:0:1::1";
    assertEquals(ErrorCode.SIGNATURE_INVALID, error(wrong));
    Call right = call();
    right.address = "2001:db8::77";
    verification.verify(right);
  }

  @Test
  void bodiesThatAreNotThereToBeReadCountAsFailures() {
    for (int i = 0; i < 5; i++) {
      Call slow = call();
      slow.bodysFailure = Optional.of(ErrorCode.REQUEST_MALFORMED);
      assertEquals(ErrorCode.REQUEST_MALFORMED, error(slow));
    }
    Call wrong = call();
    wrong.body = new byte[0];
    assertEquals(ErrorCode.SIGNATURE_TOO_MANY_FAILURES, error(wrong));
  }

  @Test
  void fewerCallsAtATimeAreListenedToWhereNoneWasSignedRight() {
    String address = "198.51.100.1";
    assertEquals(4, placesOf(address));
    assertEquals(4, placesOf("198.51.100.2"));
    placesOf(address);
    assertEquals(2, placesOf(address), "too many failures");
  }

  /** How many calls are read at the same time, none of whose bodies comes. */
  private int placesOf(String address) {
    AtomicInteger places = new AtomicInteger();
    Call call = call();
    call.address = address;
    call.bodysFailure = Optional.of(ErrorCode.REQUEST_MALFORMED);
    call.whileReading = () -> places.set(1 + placesOf(address));
    error(call);
    return places.get();
  }

  @Test
  void allNodesOfADatabaseTakeACallOnce() throws Exception {
    Call call = call();
    verification.verify(call);
    assertEquals(List.of("ak " + call.headers("ctyun-eop-request-id").get(0)), looked);
    sighting = RequestIds.Sighting.AGAIN;
    assertEquals(ErrorCode.SIGNATURE_REPLAYED, error(call()));
  }

  @Test
  void nothingIsTakenWhileIdsCannotBeLookedAt() {
    away = true;
    assertEquals(ErrorCode.SERVICE_UNAVAILABLE, error(call()));
  }

  @Test
  void withoutATableNothingDatedBeforeTheStartIsTaken() throws Exception {
    sighting = RequestIds.Sighting.UNKNOWN;
    Call call = call();
    verification.verify(call);
    assertEquals(ErrorCode.SIGNATURE_REPLAYED, error(call));
    clock.move(Duration.ofSeconds(2));
    Verification started = node();
    RefusedException refusal = assertThrows(RefusedException.class, () -> started.verify(call));
    assertEquals(ErrorCode.SIGNATURE_EXPIRED, refusal.error());
    assertTrue(refusal.getMessage().contains("before this node's start"));
    started.verify(new Call("20261122T120002Z"));
    started.verify(new Call("20261122T200002Z"));
  }

  @Test
  void theLogNamesTheKeyAndNeitherSecretNorSignature() {
    List<String> lines = new ArrayList<>();
    Logger log = Logger.getLogger(Verification.class.getName());
    Filter before = log.getFilter();
    log.setFilter(
        line -> {
          lines.add(line.getMessage());
          return false;
        });
    try {
      Call call = call();
      call.set("Eop-Authorization", "evil Headers=ctyun-eop-request-id;eop-date Signature=QUJD");
      error(call);
    } finally {
      log.setFilter(before);
    }
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).contains("from 192.0.2.1, access key evil:"), lines.get(0));
    assertFalse(lines.get(0).contains("QUJD"), lines.get(0));
    assertFalse(lines.get(0).contains(KEY.secret()), lines.get(0));
  }

  private static Call call() {
    return new Call("20261122T120000Z");
  }

  private ErrorCode error(Call call) {
    return assertThrows(RefusedException.class, () -> verification.verify(call)).error();
  }
}
