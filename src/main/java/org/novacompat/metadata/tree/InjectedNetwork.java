// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import static org.novacompat.metadata.tree.Subnets.IPV4;
import static org.novacompat.metadata.tree.Subnets.IPV6;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.instance.Vif.FixedIp;
import org.novacompat.metadata.instance.Vif.Network;
import org.novacompat.metadata.instance.Vif.Route;
import org.novacompat.metadata.instance.Vif.Subnet;

/**
 * The network configuration of an instance on networks that are configured by injection and not by
 * DHCP: a template filled in ({@code nova/virt/netutils.py: get_injected_network_template}).
 * Instances on other networks never cause the template or its engine to be loaded.
 */
final class InjectedNetwork {
  /** Where the configuration is, below {@code /openstack}. */
  static final String CONTENT_PATH = "/content/0000";

  private static final System.Logger LOG = System.getLogger(InjectedNetwork.class.getName());

  private final Optional<Path> template;

  InjectedNetwork(Optional<Path> template) {
    this.template = template;
  }

  /** Renders the configuration; empty when nothing is injected or it cannot be rendered. */
  Optional<String> of(Instance instance) {
    if (instance.unreadable().contains(Part.NETWORK)) {
      return Optional.empty();
    }
    try {
      Interfaces interfaces = Interfaces.of(instance.vifs());
      if (interfaces.all.isEmpty()) {
        return Optional.empty();
      }
      String text = InterfacesTemplate.load(template).render(interfaces.variables());
      return Optional.of(text).filter(some -> !some.isEmpty());
    } catch (UnusableVifException e) {
      log(Level.DEBUG, instance, e);
    } catch (IOException e) {
      log(Level.WARNING, instance, e);
    }
    return Optional.empty();
  }

  private static void log(Level level, Instance instance, Exception fault) {
    LOG.log(level, "instance {0}: no injected network configuration: {1}", instance.uuid(), fault);
  }

  /** What the template is filled in with. */
  private static final class Interfaces {
    private static final List<String> NONE_AT_FIRST =
        List.of("address", "netmask", "broadcast", "dns", "address_v6", "netmask_v6", "dns_v6");

    private final List<Map<String, Object>> all = new ArrayList<>();
    private boolean usesIpv6;

    static Interfaces of(List<Vif> vifs) throws UnusableVifException {
      Interfaces interfaces = new Interfaces();
      int number = 0;
      for (Vif vif : vifs) {
        Optional<Network> network = vif.network().filter(some -> !some.subnets().isEmpty());
        if (network.isPresent()) {
          if (network.get().injected()) {
            interfaces.add("eth" + number, vif, network.get());
          }
          number++;
        }
      }
      return interfaces;
    }

    Map<String, Object> variables() {
      Map<String, Object> variables = new HashMap<>();
      variables.put("interfaces", all);
      variables.put("use_ipv6", usesIpv6);
      variables.put("libvirt_virt_type", null);
      return variables;
    }

    private void add(String name, Vif vif, Network network) throws UnusableVifException {
      Map<String, Object> variables = unset();
      variables.put("name", name);
      variables.put("hwaddress", vif.address().orElse(null));
      Optional<Subnet> v4 = Subnets.first(network, IPV4);
      if (v4.isPresent()) {
        if (v4.get().dhcpServer().isPresent()) {
          return;
        }
        addV4(v4.get(), variables);
      }
      Optional<Subnet> v6 = Subnets.first(network, IPV6);
      if (v6.isPresent()) {
        if (v6.get().dhcpServer().isPresent()) {
          return;
        }
        addV6(v6.get(), variables);
      }
      all.add(variables);
    }

    private static Map<String, Object> unset() {
      Map<String, Object> variables = new HashMap<>();
      for (String name : NONE_AT_FIRST) {
        variables.put(name, null);
      }
      variables.put("gateway", "");
      variables.put("gateway_v6", "");
      variables.put("routes", List.of());
      return variables;
    }

    private static void addV4(Subnet subnet, Map<String, Object> variables)
        throws UnusableVifException {
      if (subnet.ips().isEmpty()) {
        return;
      }
      FixedIp ip = subnet.ips().get(0);
      variables.put("address", ip.address().orElse(null));
      variables.put("netmask", mask(ip, subnet));
      variables.put("gateway", subnet.gateway().orElse(""));
      variables.put("broadcast", Subnets.cidr(subnet.cidr()).broadcast().orElse("None"));
      variables.put("dns", dns(subnet));
      variables.put("routes", routes(subnet));
    }

    private void addV6(Subnet subnet, Map<String, Object> variables) throws UnusableVifException {
      if (subnet.ips().isEmpty()) {
        return;
      }
      usesIpv6 = true;
      FixedIp ip = subnet.ips().get(0);
      variables.put("address_v6", ip.address().orElse(null));
      variables.put("netmask_v6", mask(ip, subnet));
      variables.put("gateway_v6", subnet.gateway().orElse(""));
      variables.put("dns_v6", dns(subnet));
    }

    /** Gives an IPv4 address its netmask, and any other its prefix length. */
    private static Object mask(FixedIp ip, Subnet subnet) throws UnusableVifException {
      Cidr cidr = Subnets.cidr(subnet.cidr());
      return ip.version() == IPV4 ? cidr.netmask() : Integer.toString(cidr.prefix());
    }

    private static String dns(Subnet subnet) throws UnusableVifException {
      List<String> servers = new ArrayList<>();
      for (Optional<String> server : subnet.dns()) {
        servers.add(server.orElseThrow(Subnets.unusable("a name server without address")));
      }
      return String.join(" ", servers);
    }

    private static List<Map<String, String>> routes(Subnet subnet) throws UnusableVifException {
      List<Map<String, String>> routes = new ArrayList<>();
      for (Route route : subnet.routes()) {
        Cidr destination = Subnets.cidr(route.cidr());
        routes.add(
            Map.of(
                "gateway",
                route.gateway().orElseThrow(Subnets.unusable("a route without gateway")),
                "cidr",
                route.cidr().orElseThrow(Subnets.unusable("a route without destination")),
                "network",
                destination.ip(),
                "netmask",
                destination.netmask()));
      }
      return routes;
    }
  }
}
