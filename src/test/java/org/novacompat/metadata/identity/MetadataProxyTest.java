// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.signature.SharedSecret;

class MetadataProxyTest {
  private static final String INSTANCE = "d8e02d56-2648-49a3-bf97-6be8f1204f38";
  private static final String SIGNATURE =
      "2027ef4e23a951e81b0c43cf770762ea65d8944762ac8d3a30eb88f59388faae";
  private static final Caller INVALID_FROM_BALANCER =
      new Caller.Unidentified(
          Reason.INVALID_LOAD_BALANCER_SIGNATURE,
          "X-Metadata-Provider-Signature",
          "provider",
          "provider");
  private static final Caller INVALID_FROM_AGENT =
      new Caller.Unidentified(
          Reason.INVALID_AGENT_SIGNATURE, "X-Instance-ID-Signature", "instance", INSTANCE);

  private final Cloud cloud =
      new Cloud().provider("provider", "net").port("10.0.0.8", "two", "project");
  private final SharedSecret secret = new SharedSecret("s3cr3t");
  private final MetadataProxy proxy =
      new MetadataProxy(
          new LoadBalancer(Optional.of(secret), Optional.of(cloud), Duration.ZERO),
          new SignedProxy(secret));

  @Test
  void knowsAGuestOfTheMetadataAgent() throws Exception {
    Caller guest = new Caller.Guest(INSTANCE, Optional.of("project"), Optional.of("10.0.0.7"));
    assertEquals(guest, proxy.identify(ofTheAgent()));
    assertEquals(guest, proxy.identify(ofTheAgent().with("X-Metadata-Provider", "")));
  }

  @Test
  void asksTheLoadBalancerAloneWhereAProviderIsNamed() throws Exception {
    assertEquals(
        INVALID_FROM_BALANCER,
        proxy.identify(ofTheAgent().with("X-Metadata-Provider", "provider")));
    assertEquals(
        INVALID_FROM_BALANCER,
        proxy.identify(
            ofTheAgent()
                .with("X-Metadata-Provider", "provider")
                .with("X-Metadata-Provider-Signature", SIGNATURE)));
  }

  @Test
  void believesNoAddressAndNoHeaderThatIsNotSigned() throws Exception {
    assertEquals(
        INVALID_FROM_BALANCER,
        proxy.identify(SentRequest.from("10.0.0.7").pretendingToBe("10.0.0.8", INSTANCE)));
    assertEquals(
        INVALID_FROM_AGENT,
        proxy.identify(
            SentRequest.from("10.0.0.7")
                .pretendingToBe("10.0.0.8", INSTANCE)
                .with("X-Metadata-Provider", "")));
    assertEquals(
        new Caller.Unidentified(Reason.NO_AGENT_HEADER, "X-Instance-ID"),
        proxy.identify(
            SentRequest.from("10.0.0.8")
                .with("X-Forwarded-For", "10.0.0.8")
                .with("Forwarded", "for=10.0.0.8")));
  }

  private static SentRequest ofTheAgent() {
    return SentRequest.from("192.0.2.1")
        .with("X-Instance-ID", INSTANCE)
        .with("X-Tenant-ID", "project")
        .with("X-Instance-ID-Signature", SIGNATURE)
        .with("X-Forwarded-For", "10.0.0.7");
  }
}
