// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.instance.Vif.FixedIp;
import org.novacompat.metadata.instance.Vif.Network;
import org.novacompat.metadata.instance.Vif.Route;
import org.novacompat.metadata.instance.Vif.Subnet;

/**
 * Reads one serialized virtual interface with all that hangs on it. What nova's model refuses to
 * take is unreadable; what it fills in is filled in ({@code nova/network/model.py: VIF.hydrate}).
 */
final class NetworkModel {
  private NetworkModel() {}

  static Vif vif(JsonField vif) throws UnreadableObjectException {
    checkMeta(vif);
    JsonField network = vif.get("network");
    return new Vif(
        vif.get("id").textIfAny(),
        vif.get("address").textIfAny(),
        vif.get("type").textIfAny(),
        vif.get("devname").textIfAny(),
        network.isTrue() ? Optional.of(network(network)) : Optional.empty());
  }

  private static Network network(JsonField network) throws UnreadableObjectException {
    checkMeta(network);
    List<Subnet> subnets = new ArrayList<>();
    for (JsonField subnet : network.get("subnets").elementsIfTrue()) {
      subnets.add(subnet(subnet));
    }
    JsonField mtu = meta(network, "mtu");
    return new Network(
        network.get("id").textIfAny(),
        mtu.node().isNull() || !mtu.isSet() ? Optional.empty() : Optional.of(mtu.integer()),
        meta(network, "injected").isTrue(),
        List.copyOf(subnets));
  }

  private static Subnet subnet(JsonField subnet) throws UnreadableObjectException {
    checkMeta(subnet);
    List<Optional<String>> dns = new ArrayList<>();
    for (JsonField server : subnet.get("dns").elementsIfTrue()) {
      dns.add(ipIfTrue(server));
    }
    List<FixedIp> ips = new ArrayList<>();
    for (JsonField ip : subnet.get("ips").elementsIfTrue()) {
      ips.add(fixedIp(ip));
    }
    List<Route> routes = new ArrayList<>();
    for (JsonField route : subnet.get("routes").elementsIfTrue()) {
      checkMeta(route);
      routes.add(new Route(route.get("cidr").textIfAny(), ipIfTrue(route.get("gateway"))));
    }
    return new Subnet(
        subnet.get("cidr").textIfAny(),
        networkVersion(subnet),
        ipIfTrue(subnet.get("gateway")),
        List.copyOf(dns),
        List.copyOf(ips),
        List.copyOf(routes),
        metaText(subnet, "dhcp_server"),
        metaText(subnet, "ipv6_address_mode"));
  }

  private static FixedIp fixedIp(JsonField ip) throws UnreadableObjectException {
    Optional<String> address = ip(ip);
    List<String> floatingIps = new ArrayList<>();
    for (JsonField floatingIp : ip.get("floating_ips").elementsIfTrue()) {
      floatingIps.add(floatingAddress(floatingIp));
    }
    return new FixedIp(address, addressVersion(ip), List.copyOf(floatingIps));
  }

  /**
   * A floating address; empty text where it has none, which nova shows alike. An empty object has
   * nova fail on all of the instance ({@code nova/virt/netutils.py: get_ec2_ip_info}).
   */
  private static String floatingAddress(JsonField ip) throws UnreadableObjectException {
    if (!ip.isTrue()) {
      throw ip.unlike("an address");
    }
    return ip(ip).orElse("");
  }

  private static Optional<String> ipIfTrue(JsonField ip) throws UnreadableObjectException {
    return ip.isTrue() ? ip(ip) : Optional.empty();
  }

  private static Optional<String> ip(JsonField ip) throws UnreadableObjectException {
    checkMeta(ip);
    addressVersion(ip);
    return ip.get("address").textIfAny();
  }

  private static int addressVersion(JsonField ip) throws UnreadableObjectException {
    JsonField address = ip.get("address");
    if (ip.get("version").isTrue() || !address.isTrue()) {
      return givenVersion(ip.get("version"));
    }
    return derived(address, IpVersions.ofAddress(address.text()));
  }

  private static int networkVersion(JsonField subnet) throws UnreadableObjectException {
    JsonField cidr = subnet.get("cidr");
    if (subnet.get("version").isTrue() || !cidr.isTrue()) {
      return givenVersion(subnet.get("version"));
    }
    return derived(cidr, IpVersions.ofNetwork(cidr.text()));
  }

  private static int derived(JsonField from, OptionalInt version) throws UnreadableObjectException {
    return version.orElseThrow(
        () -> new UnreadableObjectException(from.path() + " is not an IP address or range"));
  }

  /** Python compares it with 4 and 6, which text never equals. */
  private static int givenVersion(JsonField version) {
    return version.node().isNumber() ? version.node().intValue() : 0;
  }

  /** A model's extra: beside the known fields it wins over the same one in {@code meta}. */
  private static JsonField meta(JsonField model, String name) throws UnreadableObjectException {
    JsonField beside = model.get(name);
    JsonField meta = model.get("meta");
    return beside.isSet() || !meta.isSet() ? beside : meta.get(name);
  }

  /** An extra of which nova asks whether it is null, then whether it is true. */
  private static Optional<String> metaText(JsonField model, String name)
      throws UnreadableObjectException {
    JsonField extra = meta(model, name);
    if (extra.node().isNull() || !extra.isSet()) {
      return Optional.empty();
    }
    return Optional.of(extra.isTrue() ? extra.node().asText() : "");
  }

  private static void checkMeta(JsonField model) throws UnreadableObjectException {
    JsonField meta = model.get("meta");
    if (meta.isSet() && !meta.node().isObject()) {
      throw meta.unlike("an object");
    }
  }
}
