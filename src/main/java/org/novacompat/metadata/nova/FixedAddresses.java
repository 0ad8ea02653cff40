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
 * else of it ({@code nova/network/model.py: NetworkInfo.fixed_ips}).
 */
final class FixedAddresses {
  private static final JsonFactory JSON = new JsonFactory();

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
        if (parser.currentToken() == JsonToken.VALUE_STRING
            && isFixedAddress(parser.getParsingContext())) {
          Address.parse(parser.getText()).ifPresent(addresses::add);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return List.copyOf(addresses);
  }

  /** Whether this is {@code [].network.subnets[].ips[].address}. */
  private static boolean isFixedAddress(JsonStreamContext field) {
    if (!"address".equals(field.getCurrentName()) || depth(field) != 7) {
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
