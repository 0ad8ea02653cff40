// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.DerivedOptions;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.TlsEndpointOptions;
import org.novacompat.metadata.http.EndpointFilter;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.openapi.DocumentServlet;
import org.novacompat.metadata.openapi.OpenApiServlet;
import org.novacompat.metadata.openapi.OpenApiSettings;
import org.novacompat.metadata.signature.AccessKeysFile;
import org.novacompat.metadata.signature.InvalidAccessKeysException;

/**
 * Adds the endpoints beside that of the guests, where nova.conf asks for them; where it does not,
 * nothing of them is loaded.
 *
 * @param conf nova's configuration
 * @param ids opens what all nodes know of calls that were made
 * @param store opens where custom metadata is kept
 * @param changed told the UUID of each instance whose custom metadata may have changed
 */
record Endpoints(
    NovaConf conf,
    Supplier<RequestIds> ids,
    Supplier<CustomMetadata> store,
    Consumer<String> changed) {
  /** Calls get one in so many request threads: the rest is for guests. */
  private static final int CALLS_SHARE = 2;

  void addTo(ServletContext context) {
    Map<Integer, HttpServlet> servlets = new HashMap<>();
    conf.get(Catalogue.ESURFING.accessKeysFile)
        .ifPresent(
            file ->
                servlets.put(
                    port(Catalogue.OPENAPI),
                    new OpenApiServlet(
                        settings(), keys(file)::find, ids.get(), store.get(), changed)));
    if (conf.get(Catalogue.ADMIN.listenPort).isPresent()) {
      servlets.put(port(Catalogue.ADMIN), new DocumentServlet());
    }
    if (servlets.isEmpty()) {
      return;
    }
    servlets.forEach(
        (port, servlet) -> context.addServlet("port " + port, servlet).setLoadOnStartup(1));
    context
        .addFilter("endpoints", new EndpointFilter(servlets))
        .addMappingForUrlPatterns(
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR), false, "/*");
  }

  private int port(TlsEndpointOptions options) {
    return conf.get(options.listenPort)
        .orElseThrow(() -> conf.unusable(options.listenPort, "a port"));
  }

  private OpenApiSettings settings() {
    String region =
        DerivedOptions.region(conf)
            .orElseThrow(() -> new IllegalStateException("[esurfing] region_id is not set"));
    return new OpenApiSettings(
        region,
        conf.get(Catalogue.ESURFING.signatureSkewSeconds),
        conf.get(Catalogue.ESURFING.signatureFailuresPerMinute),
        DerivedOptions.requestThreads(conf) / CALLS_SHARE);
  }

  private static AccessKeysFile keys(Path file) {
    try {
      return AccessKeysFile.open(file);
    } catch (InvalidAccessKeysException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
