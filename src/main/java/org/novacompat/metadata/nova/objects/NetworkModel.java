// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.objects;

import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.instance.Vif.FixedIp;
import org.novacompat.metadata.instance.Vif.Network;
import org.novacompat.metadata.instance.Vif.Route;
import org.novacompat.metadata.instance.Vif.Subnet;
import org.novacompat.metadata.python.Cidr;
import org.novacompat.metadata.python.Ip;

/**
 * Reads serialized virtual interfaces with all that hangs on them, and fills in what nova's model
 * fills in ({@code nova/network/model.py: VIF.hydrate}). Where that model, or what nova makes of
 * it, would fail, the smallest part that is at fault is left out: an address, a name server, a
 * route, a subnet, an interface.
 */
final class NetworkModel {
  private final LeftOut leftOut;

  NetworkModel(LeftOut leftOut) {
    this.leftOut = leftOut;
  }

  Vif vif(JsonField vif) throws UnreadableObjectException {
    JsonField network = vif.get("network");
    checkMeta(vif);
    return new Vif(
        text(vif.get("id")),
        text(vif.get("address")),
        text(vif.get("type")),
        text(vif.get("devname")),
        network.isTrue() ? leftOut.value(() -> network(network)) : Optional.empty());
  }

  private Network network(JsonField network) throws UnreadableObjectException {
    List<Subnet> subnets = list(network.get("subnets"), this::subnet);
    checkMeta(network);
    return new Network(
        text(network.get("id")),
        leftOut.optional(() -> mtu(network)),
        meta(network, "injected").isTrue(),
        subnets);
  }

  /** Nova shows whatever is there; what is no number of bytes is of no use to a guest. */
  private static Optional<Integer> mtu(JsonField network) throws UnreadableObjectException {
    JsonField mtu = meta(network, "mtu");
    if (!mtu.isSet() || mtu.node().isNull()) {
      return Optional.empty();
    }
    if (!mtu.node().isIntegralNumber()) {
      throw mtu.unlike("an integer");
    }
    return Optional.of(mtu.integer());
  }

  private Subnet subnet(JsonField subnet) throws UnreadableObjectException {
    int version = networkVersion(subnet);
    checkMeta(subnet);
    return new Subnet(
        text(subnet.get("cidr")),
        version,
        ifTrue(subnet.get("gateway")),
        list(subnet.get("dns"), NetworkModel::ip),
        list(subnet.get("ips"), this::fixedIp),
        list(subnet.get("routes"), NetworkModel::route),
        presence(meta(subnet, "dhcp_server")),
        meta(subnet, "enable_dhcp").isTrue(),
        leftOut.optional(() -> meta(subnet, "ipv6_address_mode").textIfAny()));
  }

  /** Of an address that is no text, nova shows what is there; here it is null. */
  private FixedIp fixedIp(JsonField ip) throws UnreadableObjectException {
    int version = addressVersion(ip);
    return new FixedIp(
        text(ip.get("address")),
        version,
        list(ip.get("floating_ips"), NetworkModel::floatingAddress));
  }

  /** A floating address; empty text where it has none, which nova shows alike. */
  private static String floatingAddress(JsonField ip) throws UnreadableObjectException {
    return ip(ip).orElse("");
  }

  private static Route route(JsonField route) throws UnreadableObjectException {
    JsonField cidr = route.get("cidr");
    String range = cidr.required().onlyText().orElseThrow(() -> cidr.unlike("text"));
    version(cidr, Cidr.of(range).map(Cidr::address));
    return new Route(Optional.of(range), ip(route.get("gateway")));
  }

  private Optional<String> ifTrue(JsonField ip) {
    return ip.isTrue() ? leftOut.optional(() -> ip(ip)) : Optional.empty();
  }

  /** The address of a serialized IP; nova takes an empty object for none at all. */
  private static Optional<String> ip(JsonField ip) throws UnreadableObjectException {
    addressVersion(ip);
    if (!ip.isTrue()) {
      throw ip.unlike("an address");
    }
    return ip.get("address").onlyText();
  }

  private static int addressVersion(JsonField ip) throws UnreadableObjectException {
    JsonField address = ip.get("address");
    if (ip.get("version").isTrue() || !address.isTrue()) {
      return givenVersion(ip.get("version"));
    }
    return version(address, Ip.parseAsNetaddr(address.text()));
  }

  private static int networkVersion(JsonField subnet) throws UnreadableObjectException {
    JsonField cidr = subnet.get("cidr");
    if (subnet.get("version").isTrue() || !cidr.isTrue()) {
      return givenVersion(subnet.get("version"));
    }
    return version(cidr, Cidr.of(cidr.text()).map(Cidr::address));
  }

  private static int version(JsonField field, Optional<Ip> address)
      throws UnreadableObjectException {
    return address.orElseThrow(() -> field.unlike("an IP address or range")).isV4() ? 4 : 6;
  }

  /** Python compares it with 4 and 6, which text never equals. */
  private static int givenVersion(JsonField version) {
    double number = version.node().isNumber() ? version.node().doubleValue() : 0;
    return number == (int) number ? (int) number : 0;
  }

  /** A model's extra: beside the known fields it wins over the same one in {@code meta}. */
  private static JsonField meta(JsonField model, String name) throws UnreadableObjectException {
    JsonField beside = model.get(name);
    JsonField meta = model.get("meta");
    return beside.isSet() || !meta.node().isObject() ? beside : meta.get(name);
  }

  /** An extra of which nova asks whether it is null, then whether it is true. */
  private static Optional<String> presence(JsonField extra) {
    if (extra.node().isNull() || !extra.isSet()) {
      return Optional.empty();
    }
    return Optional.of(extra.isTrue() ? extra.node().asText() : "");
  }

  private Optional<String> text(JsonField field) {
    return leftOut.optional(field::onlyText);
  }

  private <T> List<T> list(JsonField field, LeftOut.Reader<T> reader) {
    return leftOut.each(field::elementsIfTrue, reader);
  }

  /** Nova cannot take a {@code meta} that is no object; here it holds nothing then. */
  private void checkMeta(JsonField model) throws UnreadableObjectException {
    JsonField meta = model.get("meta");
    if (meta.isSet() && !meta.node().isObject()) {
      leftOut.note(meta.unlike("an object"));
    }
  }
}
