// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.Optional;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.signature.SharedSecret;

/**
 * Knows a guest by the headers that neutron's metadata agent adds and signs ({@code
 * nova/api/metadata/handler.py: _handle_instance_id_request}).
 */
public final class SignedProxy implements GuestIdentifier {
  private static final String INSTANCE = "X-Instance-ID";
  private static final String TENANT = "X-Tenant-ID";
  private static final String SIGNATURE = "X-Instance-ID-Signature";

  private final SharedSecret secret;

  /**
   * Trusts what a secret signed.
   *
   * @param secret the secret shared with the proxies
   */
  public SignedProxy(SharedSecret secret) {
    this.secret = secret;
  }

  @Override
  public Caller identify(GuestRequest request) {
    Optional<String> instance = request.header(INSTANCE);
    Optional<String> tenant = request.header(TENANT);
    Optional<String> signature = request.header(SIGNATURE);
    if (instance.isEmpty()) {
      return missing(INSTANCE);
    }
    if (signature.isEmpty()) {
      return missing(SIGNATURE);
    }
    if (tenant.isEmpty()) {
      return missing(TENANT);
    }
    if (!secret.isSigned(instance.get(), signature.get())) {
      return new Caller.Unidentified(
          Reason.INVALID_AGENT_SIGNATURE, SIGNATURE, "instance", instance.get());
    }
    return new Caller.Guest(instance.get(), tenant, request.header("X-Forwarded-For"));
  }

  private static Caller missing(String header) {
    return new Caller.Unidentified(Reason.NO_AGENT_HEADER, header);
  }
}
