// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.python.Ip;

/**
 * What an operator should know about a nova.conf whose rules are sound, but with which guests would
 * not be answered.
 */
final class Advice {
  private Advice() {}

  static List<String> of(NovaConf conf, Wanted wanted) {
    List<String> advice = new ArrayList<>();
    if (conf.get(Catalogue.SERVICE_METADATA_PROXY)) {
      advice.add(
          "[neutron] service_metadata_proxy is true, so the service answers Neutron's metadata agent"
              + " and refuses guests that come by these rules");
    }
    wanted.rules().mappings().forEach(mapping -> onListener(conf, mapping).ifPresent(advice::add));
    boolean needsInterface =
        wanted.rules().of(MetadataAddress.IPV6).isPresent()
            && wanted.addresses().stream()
                .noneMatch(address -> address.address() == MetadataAddress.IPV6);
    if (wanted.withAddresses() && needsInterface) {
      advice.add(
          MetadataAddress.IPV6.text()
              + " is added to no interface, because none is named by --interface");
    }
    return List.copyOf(advice);
  }

  /** Only a service on this host is one of which this nova.conf tells where it listens. */
  private static Optional<String> onListener(NovaConf conf, Mapping mapping) {
    boolean here =
        mapping.isRedirect()
            || Ip.parse(conf.get(Catalogue.MY_IP))
                .map(Ip::toInetAddress)
                .filter(mapping.host()::equals)
                .isPresent();
    int port = conf.get(Catalogue.METADATA_LISTEN_PORT);
    Optional<InetAddress> one =
        Ip.parse(conf.get(Catalogue.METADATA_LISTEN))
            .map(Ip::toInetAddress)
            .filter(address -> !address.isAnyLocalAddress());
    if (here && port != mapping.port()) {
      return Optional.of(
          "[DEFAULT] metadata_port is %d, but the service listens on metadata_listen_port, %d"
              .formatted(mapping.port(), port));
    }
    if (mapping.isRedirect() && one.isPresent()) {
      return Optional.of(
          "guests are redirected to the address that they come in by, but the service listens on"
              + " [DEFAULT] metadata_listen, "
              + Ip.of(one.get())
              + ", alone; make that 0.0.0.0, or metadata_host that address");
    }
    return Optional.empty();
  }
}
