// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.python.Ip;

class RemoteAddressTest {
  private static final Map<String, List<String>> BOOK =
      Map.of(
          "10.0.0.7",
          List.of("one"),
          "10.0.0.8",
          List.of("two", "three"),
          "fe80::7",
          List.of("six"),
          "2001:db8::9",
          List.of("nine"));

  private final GuestIdentifier connection = among(ClientAddressResolver.connection());
  private final GuestIdentifier forwardedFor =
      among(new ForwardedFor(ClientAddressResolver.connection()));
  private final GuestIdentifier proxyHeaders =
      among(new ProxyHeaders(ClientAddressResolver.connection()));

  @Test
  void knowsAGuestByItsAddress() throws Exception {
    assertEquals(guest("one", "10.0.0.7"), connection.identify(SentRequest.from("10.0.0.7")));
    assertEquals(
        guest("nine", "2001:db8::9"),
        connection.identify(SentRequest.from("2001:db8:0:0:0:0:0:9")));
    assertEquals(
        guest("one", "10.0.0.7"), connection.identify(SentRequest.from("::ffff:10.0.0.7")));
  }

  @Test
  void looksUpALinkLocalAddressWithoutItsZone() throws Exception {
    assertEquals(
        guest("six", "fe80::7"), connection.identify(SentRequest.from("fe80:0:0:0:0:0:0:7%eth0")));
    assertEquals(
        guest("six", "fe80::7"),
        forwardedFor.identify(
            SentRequest.from("192.0.2.1").with("X-Forwarded-For", "fe80::7%eth0")));
  }

  @Test
  void tellsNobodyFromTooMany() throws Exception {
    assertEquals(
        new Caller.Unidentified(Reason.UNKNOWN_ADDRESS),
        connection.identify(SentRequest.from("10.0.0.9")));
    assertEquals(
        new Caller.Unidentified(Reason.SHARED_ADDRESS, "2", "10.0.0.8"),
        connection.identify(SentRequest.from("10.0.0.8")));
  }

  @Test
  void believesNoHeaderUnlessToldTo() throws Exception {
    assertEquals(
        guest("one", "10.0.0.7"),
        connection.identify(SentRequest.from("10.0.0.7").pretendingToBe("2001:db8::9", "nine")));
  }

  @Test
  void believesXForwardedForAloneWhereThatIsWanted() throws Exception {
    assertEquals(
        guest("one", "10.0.0.7"),
        forwardedFor.identify(SentRequest.from("192.0.2.1").with("X-Forwarded-For", "10.0.0.7")));
    assertEquals(
        guest("one", "10.0.0.7"),
        forwardedFor.identify(
            SentRequest.from("10.0.0.7")
                .with("Forwarded", "for=2001:db8::9")
                .with("X-Instance-ID", "nine")
                .with("X-Metadata-Provider", "provider")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.7, 192.0.2.1", "10.0.0.7,", "unknown", "localhost", "10.0.0.7:80"})
  void findsNobodyWhereAHeaderThatIsBelievedIsNoAddress(String header) throws Exception {
    assertEquals(
        new Caller.Unidentified(Reason.UNKNOWN_ADDRESS),
        forwardedFor.identify(SentRequest.from("10.0.0.7").with("X-Forwarded-For", header)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=10.0.0.7",
        "For = 10.0.0.7 ;proto=http;by=203.0.113.43",
        "for=10.0.0.7, for=10.0.0.8",
        "proto=http;for=10.0.0.8;for=10.0.0.7",
        "for=\"10.0.0.7:4711\"",
        "by=x, for=10.0.0.8",
        "for=",
      })
  void readsTheFirstElementOfForwardedAsHttpProxyToWsgiDoes(String header) throws Exception {
    assertEquals(
        guest("one", "10.0.0.7"),
        proxyHeaders.identify(
            SentRequest.from("10.0.0.7")
                .with("Forwarded", header)
                .with("X-Forwarded-For", "2001:db8::9")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"for=\"[2001:db8::9]:4711\"", "for=\"[2001:db8::9]\"", "for=2001:db8::9"})
  void readsAnIpv6AddressInForwarded(String header) throws Exception {
    assertEquals(
        guest("nine", "2001:db8::9"),
        proxyHeaders.identify(SentRequest.from("10.0.0.7").with("Forwarded", header)));
  }

  @Test
  void readsXForwardedForWhereThereIsNoForwarded() throws Exception {
    SentRequest request = SentRequest.from("192.0.2.1").with("X-Forwarded-For", "10.0.0.7");
    assertEquals(guest("one", "10.0.0.7"), proxyHeaders.identify(request));
    assertEquals(guest("one", "10.0.0.7"), proxyHeaders.identify(request.with("Forwarded", "")));
    assertEquals(
        guest("one", "10.0.0.7"),
        proxyHeaders.identify(SentRequest.from("10.0.0.7").with("X-Forwarded-For", "")));
  }

  @Test
  void prefersXForwardedForWhereBothAreBelieved() throws Exception {
    GuestIdentifier both =
        among(new ForwardedFor(new ProxyHeaders(ClientAddressResolver.connection())));
    SentRequest request = SentRequest.from("192.0.2.1").with("Forwarded", "for=10.0.0.7");
    assertEquals(guest("one", "10.0.0.7"), both.identify(request));
    assertEquals(
        guest("nine", "2001:db8::9"),
        both.identify(request.with("X-Forwarded-For", "2001:db8::9")));
  }

  private static GuestIdentifier among(ClientAddressResolver origin) {
    return new RemoteAddress(origin, RemoteAddressTest::lookUp);
  }

  private static Caller guest(String instance, String address) {
    return new Caller.Guest(instance, Optional.empty(), Optional.of(address));
  }

  private static List<Caller.Guest> lookUp(Ip address) {
    String text = address.toString();
    return BOOK.getOrDefault(text, List.of()).stream()
        .map(instance -> new Caller.Guest(instance, Optional.empty(), Optional.of(text)))
        .toList();
  }
}
