// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.Optional;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Believes {@code X-Forwarded-For}, the whole of it, as nova did until 28 where {@code [api]
 * use_forwarded_for} is on ({@code nova/api/metadata/handler.py: _handle_remote_ip_request}).
 * OSSN-0074 tells what that cost.
 *
 * @param otherwise where a request without the header comes from
 */
public record ForwardedFor(ClientAddressResolver otherwise) implements ClientAddressResolver {
  @Override
  public String of(GuestRequest request) throws StoreUnavailableException {
    Optional<String> address = request.header("X-Forwarded-For");
    return address.isPresent() ? address.get() : otherwise.of(request);
  }
}
