// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.identity.Caller.Unidentified;
import org.novacompat.metadata.log.Lines;
import org.novacompat.metadata.log.RateLimitedLog;

class RefusalsTest {
  private final Lines lines = new Lines();
  private final Refusals refusals = new Refusals(new RateLimitedLog(lines));

  @Test
  void aFailureOfNeutronIsLoggedWholeAndWhatTheRequestSentIsCut() {
    String failure = "f".repeat(240);
    refuse(Reason.NEUTRON_UNAVAILABLE, "10.0.0.8", "p".repeat(210), failure);
    assertEquals(
        List.of(
            "ERROR cannot tell which port has 10.0.0.8 at provider "
                + "p".repeat(200)
                + "...: "
                + failure),
        lines.all());
  }

  @Test
  void badSignaturesOfALoadBalancerLeaveTheAgentsItsLines() {
    for (int i = 0; i < 50; i++) {
      refuse(Reason.INVALID_LOAD_BALANCER_SIGNATURE, "X-Metadata-Provider-Signature", "p", "p");
    }
    refuse(Reason.INVALID_AGENT_SIGNATURE, "X-Instance-ID-Signature", "instance", "i");
    assertEquals(
        "WARNING X-Instance-ID-Signature does not match for instance i, from 192.0.2.1",
        lines.all().get(lines.all().size() - 1));
  }

  private void refuse(Reason reason, String... details) {
    refusals.refuse(new Unidentified(reason, List.of(details)), "192.0.2.1");
  }
}
