// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionName.DEFAULT_GROUP;
import static org.novacompat.metadata.config.oslo.OptionType.bool;
import static org.novacompat.metadata.config.oslo.OptionType.path;

import java.nio.file.Path;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;

/** The options of the filters before nova's metadata API, which api-paste.ini lists. */
public final class WsgiOptions extends OptionGroup {
  public final Option<Boolean> enableProxyHeadersParsing =
      option("enable_proxy_headers_parsing", bool(), "false")
          .in("oslo_middleware")
          .help(
              """
              Whether the header Forwarded, or else X-Forwarded-For, stands for the address that a
              request comes from, where guests are known by their address. The warning at
              use_forwarded_for holds here too. As in nova, it has no effect where the pipeline of
              the metadata API in api-paste.ini lacks the filter http_proxy_to_wsgi.
              """);

  public final Option<Optional<Path>> disableByFilePath =
      optional("disable_by_file_path", path())
          .in("healthcheck")
          .help(
              """
              The file whose presence makes /healthcheck answer 503, so that a balancer sends no
              guests here. The one that api-paste.ini names for the disable_by_file backend comes
              first.
              """);

  public final Option<Path> apiPasteConfig =
      option("api_paste_config", path(), "api-paste.ini")
          .formerly(DEFAULT_GROUP, "api_paste_config")
          .help(
              """
              Nova's pipelines, looked for beside nova.conf, then in ~/.nova, ~, /etc/nova and /etc.
              Nothing is read of it but the file that disables the healthcheck, and whether the
              pipeline of the metadata API has the filter http_proxy_to_wsgi.
              """);

  WsgiOptions() {
    super("wsgi");
  }
}
