// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Picks the fixed addresses out of {@code instance_info_caches.network_info} and builds nothing
 * else of it ({@code nova/network/model.py: NetworkInfo.fixed_ips}). With them, the link-local IPv6
 * addresses that come of the MAC addresses: from such a one a guest asks fe80::a9fe:a9fe.
 */
final class FixedAddresses {
  private static final JsonFactory JSON = new JsonFactory();

  /** How many lists and objects {@code [].address} is in. */
  private static final int MAC_DEPTH = 2;

  /** How many lists and objects {@code [].network.subnets[].ips[].address} is in. */
  private static final int FIXED_ADDRESS_DEPTH = 7;

  private FixedAddresses() {}

  /**
   * Reads the addresses, each once.
   *
   * @return none when the text is not JSON: such an instance is not served either
   */
  static List<Address> in(String networkInfo) {
    Set<Address> addresses = new LinkedHashSet<>();
    try (JsonParser parser = JSON.createParser(networkInfo)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() != JsonToken.VALUE_STRING
            || !"address".equals(parser.currentName())) {
          continue;
        }
        if (isFixedAddress(parser.getParsingContext())) {
          Address.parse(parser.getText()).ifPresent(addresses::add);
        } else if (depth(parser.getParsingContext()) == MAC_DEPTH) {
          Address.linkLocal(parser.getText()).ifPresent(addresses::add);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return List.copyOf(addresses);
  }

  /** Whether this is {@code [].network.subnets[].ips[].address}. */
  private static boolean isFixedAddress(JsonStreamContext field) {
    if (depth(field) != FIXED_ADDRESS_DEPTH) {
      return false;
    }
    JsonStreamContext subnet = field.getParent().getParent();
    JsonStreamContext network = subnet.getParent().getParent();
    return "ips".equals(subnet.getCurrentName())
        && "subnets".equals(network.getCurrentName())
        && "network".equals(network.getParent().getCurrentName());
  }

  private static int depth(JsonStreamContext field) {
    int depth = 0;
    for (JsonStreamContext at = field; !at.inRoot(); at = at.getParent()) {
      depth++;
    }
    return depth;
  }
}
