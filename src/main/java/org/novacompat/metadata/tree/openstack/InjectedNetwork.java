// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import static org.novacompat.metadata.tree.openstack.Subnets.IPV4;
import static org.novacompat.metadata.tree.openstack.Subnets.IPV6;

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
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.python.Cidr;

/**
 * The network configuration of an instance on networks that are configured by injection and not by
 * DHCP: a template filled in ({@code nova/virt/netutils.py: get_injected_network_template}).
 * Instances on other networks never cause the template or its engine to be loaded.
 */
final class InjectedNetwork {
  /** Where the configuration is, below {@code /openstack}. */
  static final String CONTENT_PATH = "/content/0000";

  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(InjectedNetwork.class.getName()));

  private final Optional<Path> template;
  private final NetworkStyle style;

  InjectedNetwork(Optional<Path> template, NetworkStyle style) {
    this.template = template;
    this.style = style;
  }

  /** Renders the configuration; empty when nothing is injected or it cannot be rendered. */
  Optional<String> of(Instance instance) {
    if (instance.unreadable().contains(Part.NETWORK)) {
      return Optional.empty();
    }
    try {
      Interfaces interfaces = Interfaces.of(instance);
      if (interfaces.all.isEmpty()) {
        return Optional.empty();
      }
      String text = load().render(interfaces.variables());
      return Optional.of(text).filter(some -> !some.isEmpty());
    } catch (IOException e) {
      warn("there is no injected network configuration", instance, e);
      return Optional.empty();
    }
  }

  private InterfacesTemplate load() throws IOException {
    return template.isPresent()
        ? InterfacesTemplate.load(template.get())
        : InterfacesTemplate.builtIn(style);
  }

  private static void warn(String what, Instance instance, Exception why) {
    LIMITED_LOG.log(
        Level.WARNING, () -> "instance " + instance.uuid() + ": " + what + ": " + why.getMessage());
  }

  /** What the template is filled in with. */
  private static final class Interfaces {
    private static final List<String> NONE_AT_FIRST =
        List.of("address", "netmask", "broadcast", "dns", "address_v6", "netmask_v6", "dns_v6");

    private final List<Map<String, Object>> all = new ArrayList<>();
    private boolean usesIpv6;

    /** Leaves out an interface of which nova could not say how large its network is. */
    static Interfaces of(Instance instance) {
      Interfaces interfaces = new Interfaces();
      int number = 0;
      for (Vif vif : instance.vifs()) {
        Optional<Network> network = vif.network().filter(some -> !some.subnets().isEmpty());
        if (network.isPresent()) {
          String name = "eth" + number++;
          try {
            interfaces.addIfInjected(name, vif, network.get());
          } catch (UnusableVifException e) {
            warn(name + " is left out of its injected network configuration", instance, e);
          }
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

    private void addIfInjected(String name, Vif vif, Network network) throws UnusableVifException {
      if (!network.injected()) {
        return;
      }
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

    /** Nova fails at a name server without an address. */
    private static String dns(Subnet subnet) {
      return String.join(" ", subnet.dns().stream().flatMap(Optional::stream).toList());
    }

    private static List<Map<String, String>> routes(Subnet subnet) {
      List<Map<String, String>> routes = new ArrayList<>();
      for (Route route : subnet.routes()) {
        route.cidr().flatMap(Cidr::of).ifPresent(to -> routes.add(variables(route, to)));
      }
      return routes;
    }

    private static Map<String, String> variables(Route route, Cidr destination) {
      return Map.of(
          "gateway",
          route.gateway().orElse("None"),
          "cidr",
          route.cidr().orElse("None"),
          "network",
          destination.ip(),
          "netmask",
          destination.netmask());
    }
  }
}
