// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import static org.novacompat.metadata.tree.JsonNodes.JSON;
import static org.novacompat.metadata.tree.JsonNodes.nullable;
import static org.novacompat.metadata.tree.JsonNodes.nullableInt;
import static org.novacompat.metadata.tree.openstack.Subnets.IPV4;
import static org.novacompat.metadata.tree.openstack.Subnets.IPV6;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.instance.Vif.FixedIp;
import org.novacompat.metadata.instance.Vif.Network;
import org.novacompat.metadata.instance.Vif.Route;
import org.novacompat.metadata.instance.Vif.Subnet;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.python.Cidr;
import org.novacompat.metadata.python.PythonJson;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Node;

/** network_data.json ({@code nova/virt/netutils.py: get_network_metadata}). */
final class NetworkData {
  /** The VIF types that guests may see; the others are {@code phy}. */
  private static final Set<String> EXPOSED_TYPES =
      Set.of("bridge", "dvs", "hw_veb", "hyperv", "ovs", "tap", "vhostuser", "vif");

  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(NetworkData.class.getName()));

  private final NetworkStyle style;
  private final ArrayNode links = JSON.arrayNode();
  private final ArrayNode networks = JSON.arrayNode();
  private final ArrayNode services = JSON.arrayNode();
  private final String uuid;
  private int interfaces;

  private NetworkData(NetworkStyle style, String uuid) {
    this.style = style;
    this.uuid = uuid;
  }

  /** Renders the document; nothing when the VIFs cannot be read. */
  static Node of(Instance instance, NetworkStyle style) {
    if (instance.unreadable().contains(Part.NETWORK)) {
      return Node.NOTHING;
    }
    return Document.of(ContentType.TEXT, PythonJson.write(json(instance, style)));
  }

  private static ObjectNode json(Instance instance, NetworkStyle style) {
    List<Vif> vifs = instance.vifs();
    ObjectNode json = JSON.objectNode();
    if (vifs.isEmpty()) {
      return json;
    }
    NetworkData data = new NetworkData(style, instance.uuid());
    for (Vif vif : vifs) {
      Optional<Network> network = vif.network().filter(some -> !some.subnets().isEmpty());
      if (network.isPresent()) {
        data.add(vif, network.get());
      }
    }
    json.set("links", data.links);
    json.set("networks", data.networks);
    json.set("services", data.services);
    return json;
  }

  private void add(Vif vif, Network network) {
    Optional<Subnet> v4 = Subnets.first(network, IPV4);
    Optional<Subnet> v6 = Subnets.first(network, IPV6);
    String link = vif.deviceName().filter(name -> !name.isEmpty()).orElse("interface" + interfaces);
    interfaces++;
    if (v4.isPresent() || v6.isPresent()) {
      links.add(link(vif, network, link));
    }
    if (v4.isPresent()) {
      add(v4.get(), IPV4, network, link);
    }
    if (v6.isPresent()) {
      add(v6.get(), IPV6, network, link);
    }
  }

  private ObjectNode link(Vif vif, Network network, String id) {
    ObjectNode link = JSON.objectNode().put("id", id);
    link.set("vif_id", nullable(vif.id()));
    link.put("type", vif.type().filter(EXPOSED_TYPES::contains).orElse("phy"));
    link.set("mtu", nullableInt(style.mtu(network)));
    link.set("ethernet_mac_address", nullable(vif.address()));
    return link;
  }

  /** Leaves out a network of which nova could not say how large it is. */
  private void add(Subnet subnet, int version, Network network, String link) {
    if (subnet.ips().isEmpty()) {
      return;
    }
    try {
      networks.add(network(subnet, version, network, link));
      addServices(subnet);
    } catch (UnusableVifException e) {
      LIMITED_LOG.log(
          Level.WARNING,
          () -> "network_data.json of instance " + uuid + " lacks a network: " + e.getMessage());
    }
  }

  private ObjectNode network(Subnet subnet, int version, Network network, String link)
      throws UnusableVifException {
    String id = "network" + networks.size();
    String family = "ipv" + version;
    boolean isLeased = subnet.dhcpServer().isPresent() || subnet.enableDhcp();
    if (subnet.ipv6AddressMode().isEmpty() && isLeased) {
      return leased(id, family + "_dhcp", link, network);
    }
    String mode = subnet.ipv6AddressMode().map(some -> "_" + some).orElse("");
    return fixed(id, family + mode, link, subnet, version, network);
  }

  private static ObjectNode leased(String id, String type, String link, Network network) {
    ObjectNode leased = JSON.objectNode().put("id", id).put("type", type).put("link", link);
    return leased.set("network_id", nullable(network.id()));
  }

  private static ObjectNode fixed(
      String id, String type, String link, Subnet subnet, int version, Network network)
      throws UnusableVifException {
    FixedIp ip = subnet.ips().get(0);
    ObjectNode fixed = JSON.objectNode().put("id", id).put("type", type).put("link", link);
    fixed.set("ip_address", nullable(ip.address()));
    fixed.set("netmask", netmask(ip, subnet, version));
    fixed.set("routes", routes(subnet, version));
    fixed.set("network_id", nullable(network.id()));
    ArrayNode dns = JSON.arrayNode();
    subnet.dns().forEach(address -> dns.add(dns(address)));
    return fixed.set("services", dns);
  }

  private static JsonNode netmask(FixedIp ip, Subnet subnet, int version)
      throws UnusableVifException {
    Cidr cidr = Subnets.cidr(subnet.cidr());
    return version == IPV6 || ip.version() == IPV4
        ? JSON.textNode(cidr.netmask())
        : JSON.numberNode(cidr.prefix());
  }

  private static ArrayNode routes(Subnet subnet, int version) {
    ArrayNode routes = JSON.arrayNode();
    String any = version == IPV4 ? "0.0.0.0" : "::";
    subnet
        .gateway()
        .filter(gateway -> !gateway.isEmpty())
        .ifPresent(gateway -> routes.add(route(any, any, Optional.of(gateway))));
    for (Route route : subnet.routes()) {
      route
          .cidr()
          .flatMap(Cidr::of)
          .ifPresent(to -> routes.add(route(to.network(), to.netmask(), route.gateway())));
    }
    return routes;
  }

  private static ObjectNode route(String network, String netmask, Optional<String> gateway) {
    ObjectNode route = JSON.objectNode().put("network", network).put("netmask", netmask);
    return route.set("gateway", nullable(gateway));
  }

  /** Adds the name servers that no earlier subnet had. */
  private void addServices(Subnet subnet) {
    Set<JsonNode> known = new HashSet<>();
    services.forEach(known::add);
    subnet.dns().stream()
        .map(NetworkData::dns)
        .filter(service -> !known.contains(service))
        .forEach(services::add);
  }

  private static ObjectNode dns(Optional<String> address) {
    ObjectNode service = JSON.objectNode().put("type", "dns");
    return service.set("address", nullable(address));
  }
}
