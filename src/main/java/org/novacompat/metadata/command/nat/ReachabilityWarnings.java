// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.python.Ip;

/** Why guests get no answer although the rules of a nova.conf are sound. */
final class ReachabilityWarnings {
  private ReachabilityWarnings() {}

  static List<String> of(NovaConf conf, DesiredState desired) {
    List<String> warnings = new ArrayList<>();
    if (conf.get(Catalogue.NEUTRON.serviceMetadataProxy)) {
      warnings.add(
          "[neutron] service_metadata_proxy is true, so the service answers Neutron's metadata"
              + " agent and refuses guests that come by these rules");
    }
    desired.mappings().forEach(mapping -> ofListener(conf, mapping).ifPresent(warnings::add));
    return List.copyOf(warnings);
  }

  /** This nova.conf says where the service listens only if the service is on this host. */
  private static Optional<String> ofListener(NovaConf conf, Mapping mapping) {
    boolean isHere =
        mapping.isRedirect()
            || Ip.parse(conf.get(Catalogue.DEFAULT.myIp))
                .filter(mapping.host()::equals)
                .isPresent();
    int port = conf.get(Catalogue.DEFAULT.metadataListenPort);
    if (isHere && port != mapping.port()) {
      return Optional.of(
          "[DEFAULT] metadata_port is %d, but the service listens on metadata_listen_port, %d"
              .formatted(mapping.port(), port));
    }
    return Ip.parse(conf.get(Catalogue.DEFAULT.metadataListen))
        .filter(address -> mapping.isRedirect() && !address.toInetAddress().isAnyLocalAddress())
        .map(
            address ->
                "guests are redirected to the address that they come in by, but the service listens"
                    + " on [DEFAULT] metadata_listen, "
                    + address
                    + ", alone; make that 0.0.0.0, or metadata_host that address");
  }
}
