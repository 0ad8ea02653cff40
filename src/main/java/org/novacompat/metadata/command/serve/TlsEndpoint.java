// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.TlsEndpointOptions;

/**
 * Translates an endpoint with TLS from nova.conf to Liberty: a file beside server.xml, {@code
 * NAME.xml}, is included where nova.conf configures the endpoint.
 *
 * @param name its name in Liberty's configuration
 * @param serves what is answered there, for the log
 * @param options where nova.conf says how it is
 * @param conf nova's configuration
 */
record TlsEndpoint(String name, String serves, TlsEndpointOptions options, NovaConf conf) {
  /** The end of the names of Liberty's bootstrap properties that hold a password. */
  static final String PASSWORD = "_keys_password";

  private static final String OPENAPI = "openapi";
  private static final String ADMIN = "admin";

  /** The endpoints that nova.conf configures. */
  static List<TlsEndpoint> of(NovaConf conf) {
    Optional<TlsEndpoint> openApi =
        conf.get(Catalogue.ESURFING.accessKeysFile)
            .map(
                keys ->
                    new TlsEndpoint(
                        OPENAPI, "the eSurfing Cloud OpenAPI", Catalogue.OPENAPI, conf));
    Optional<TlsEndpoint> admin =
        conf.get(Catalogue.ADMIN.listenPort)
            .map(port -> new TlsEndpoint(ADMIN, "the OpenAPI's document", Catalogue.ADMIN, conf));
    return List.of(openApi, admin).stream().flatMap(Optional::stream).toList();
  }

  /** Liberty's bootstrap properties that leave out every such endpoint. */
  static Map<String, String> none() {
    Map<String, String> properties = new HashMap<>();
    for (String name : List.of(OPENAPI, ADMIN)) {
      properties.put(name + "_endpoint", "no-" + name + ".xml");
    }
    return properties;
  }

  String host() {
    return conf.get(options.listen);
  }

  int port() {
    return conf.get(options.listenPort)
        .orElseThrow(() -> conf.unusable(options.listenPort, "a port"));
  }

  ListenAddress address() {
    return ListenAddress.of(host(), port(), options.listen.fullName(), options.listenPort.name());
  }

  /** Liberty's bootstrap properties for the endpoint with this certificate. */
  Map<String, String> properties(ServerKeys keys) {
    return Map.of(
        name + "_endpoint",
        name + ".xml",
        name + "_listen",
        ListenAddress.liberty(host()),
        name + "_listen_port",
        String.valueOf(port()),
        name + "_keys",
        keys.store().toString(),
        name + PASSWORD,
        keys.password());
  }

  String url() {
    return "https://" + ListenAddress.authority(host(), port()) + "/";
  }
}
