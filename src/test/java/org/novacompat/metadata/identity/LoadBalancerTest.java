// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.signature.SharedSecret;

/** The signature comes from Python's hmac. */
class LoadBalancerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String PROVIDER = "5ee66c9a-2f4f-4f0d-8ffc-1f7c3a1c9d11";
  private static final String SIGNATURE =
      "de367ddd03e7bcbcba6651dc2a8d4d98acf29249f6e00d6b1d204d22c7dc67d8";
  private static final Caller GUEST =
      new Caller.Guest("one", Optional.of("project"), Optional.of("10.0.0.7"));

  private final Cloud cloud =
      new Cloud()
          .provider(PROVIDER, "net-a", "net-b", "net-a")
          .port("10.0.0.7", "one", "project")
          .port("10.0.0.8", "two", "project")
          .port("10.0.0.8", "three", "project")
          .port("2001:db8::9", "nine", "project");

  @Test
  void findsTheOnePortWithTheFirstAddressOnTheProvidersNetworks() throws Exception {
    assertEquals(GUEST, open().identify(through(PROVIDER, "10.0.0.7")));
    assertEquals(List.of(PROVIDER, "10.0.0.7 on net-a net-b net-a"), cloud.asked());
    assertEquals(GUEST, open().identify(through(PROVIDER, "10.0.0.7, 192.0.2.1, 10.0.0.8")));
  }

  @Test
  void asksForAnIpv6AddressInTheSpellingThatNeutronKeeps() throws Exception {
    assertEquals(
        new Caller.Guest("nine", Optional.of("project"), Optional.of("2001:DB8:0::9")),
        open().identify(through(PROVIDER, "2001:DB8:0::9")));
  }

  @Test
  void namesTheHeaderThatIsMissing() throws Exception {
    assertEquals(
        new Caller.Unidentified(Reason.NO_LOAD_BALANCER_HEADER, "X-Forwarded-For"),
        signed().identify(SentRequest.from("192.0.2.1").with("X-Metadata-Provider", PROVIDER)));
    assertEquals(
        new Caller.Unidentified(Reason.NO_LOAD_BALANCER_HEADER, "X-Metadata-Provider"),
        signed().identify(SentRequest.from("192.0.2.1").with("X-Forwarded-For", "10.0.0.7")));
  }

  @Test
  void wantsASignatureWhereThereIsASecretAndAsksNobodyWithout() throws Exception {
    SentRequest request = through(PROVIDER, "10.0.0.7");
    assertEquals(invalidSignature(PROVIDER), signed().identify(request));
    assertEquals(
        invalidSignature(PROVIDER),
        signed().identify(request.with("X-Metadata-Provider-Signature", "")));
    assertEquals(
        invalidSignature(PROVIDER),
        signed().identify(request.with("X-Metadata-Provider-Signature", "0".repeat(64))));
    assertEquals(
        invalidSignature(PROVIDER),
        signed().identify(request.with("X-Metadata-Provider-Signature", SIGNATURE, SIGNATURE)));
    assertEquals(List.of(), cloud.asked());
    assertEquals(
        GUEST, signed().identify(request.with("X-Metadata-Provider-Signature", SIGNATURE)));
  }

  @Test
  void believesNothingElseThatAGuestSendsBesideASignedProvider() throws Exception {
    SentRequest request =
        SentRequest.from("192.0.2.1")
            .pretendingToBe("10.0.0.8", "two")
            .with("X-Metadata-Provider", PROVIDER)
            .with("X-Metadata-Provider-Signature", SIGNATURE)
            .with("X-Forwarded-For", "10.0.0.7");
    assertEquals(GUEST, signed().identify(request));
  }

  @Test
  void refusesAnotherProviderWithTheSignatureOfOne() throws Exception {
    cloud.provider("other", "net-c");
    assertEquals(
        invalidSignature("other"),
        signed()
            .identify(
                through("other", "10.0.0.7").with("X-Metadata-Provider-Signature", SIGNATURE)));
  }

  @Test
  void refusesAProviderWithoutSubnets() throws Exception {
    assertEquals(
        new Caller.Unidentified(Reason.UNKNOWN_PROVIDER, "<b>"),
        open().identify(through("<b>", "10.0.0.7")));
  }

  @Test
  void refusesAnythingButASinglePort() throws Exception {
    assertEquals(expectedASinglePort("10.0.0.8", 2), ask("10.0.0.8"));
    assertEquals(expectedASinglePort("10.0.0.9", 0), ask("10.0.0.9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.0.0.7&network_id=x", "unknown"})
  void asksForNoPortsWithWhatIsNoAddress(String address) throws Exception {
    assertEquals(expectedASinglePort(address, 0), ask(address));
    assertEquals(List.of(PROVIDER), cloud.asked());
  }

  @Test
  void takesAFailureToListPortsForABadRequestAsNovaDoes() throws Exception {
    cloud.failingAtPorts();
    Caller.Unidentified caller = (Caller.Unidentified) ask("10.0.0.7");
    assertEquals(Reason.NEUTRON_UNAVAILABLE, caller.reason());
    assertEquals(List.of("10.0.0.7", PROVIDER), caller.details().subList(0, 2));
  }

  @Test
  void cannotTellWhileSubnetsCannotBeListedOrNeutronIsNotConfigured() {
    cloud.failingAtSubnets();
    assertThrows(StoreUnavailableException.class, () -> ask("10.0.0.7"));
    LoadBalancer withoutNeutron = new LoadBalancer(Optional.empty(), Optional.empty(), MINUTE);
    assertThrows(
        StoreUnavailableException.class,
        () -> withoutNeutron.identify(through(PROVIDER, "10.0.0.7")));
  }

  @Test
  void remembersWhomItFoundByProviderAndAddress() throws Exception {
    LoadBalancer balancer = open();
    cloud.provider("other", "net-c");
    balancer.identify(through(PROVIDER, "10.0.0.7"));
    assertEquals(GUEST, balancer.identify(through(PROVIDER, "10.0.0.7, 192.0.2.1")));
    assertEquals(2, cloud.asked().size());
    balancer.identify(through("other", "10.0.0.7"));
    assertEquals(4, cloud.asked().size());
  }

  @Test
  void remembersNoRefusal() throws Exception {
    LoadBalancer balancer = open();
    balancer.identify(through(PROVIDER, "10.0.0.9"));
    cloud.port("10.0.0.9", "four", "project");
    assertEquals(
        new Caller.Guest("four", Optional.of("project"), Optional.of("10.0.0.9")),
        balancer.identify(through(PROVIDER, "10.0.0.9")));
  }

  @Test
  void remembersNobodyWithoutAnExpiry() throws Exception {
    LoadBalancer balancer = new LoadBalancer(Optional.empty(), Optional.of(cloud), Duration.ZERO);
    balancer.identify(through(PROVIDER, "10.0.0.7"));
    balancer.identify(through(PROVIDER, "10.0.0.7"));
    assertEquals(4, cloud.asked().size());
  }

  private static Caller expectedASinglePort(String address, int found) {
    return new Caller.Unidentified(Reason.NO_SINGLE_PORT, PROVIDER, address, String.valueOf(found));
  }

  private static Caller invalidSignature(String provider) {
    return new Caller.Unidentified(
        Reason.INVALID_LOAD_BALANCER_SIGNATURE,
        "X-Metadata-Provider-Signature",
        "provider",
        provider);
  }

  private Caller ask(String address) throws StoreUnavailableException {
    return open().identify(through(PROVIDER, address));
  }

  private LoadBalancer open() {
    return new LoadBalancer(Optional.empty(), Optional.of(cloud), MINUTE);
  }

  private LoadBalancer signed() {
    return new LoadBalancer(Optional.of(new SharedSecret("s3cr3t")), Optional.of(cloud), MINUTE);
  }

  private static SentRequest through(String provider, String addresses) {
    return SentRequest.from("192.0.2.1")
        .with("X-Metadata-Provider", provider)
        .with("X-Forwarded-For", addresses);
  }
}
