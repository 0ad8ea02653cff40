// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionName.DEFAULT_GROUP;
import static org.novacompat.metadata.config.oslo.OptionType.bool;
import static org.novacompat.metadata.config.oslo.OptionType.choice;
import static org.novacompat.metadata.config.oslo.OptionType.list;
import static org.novacompat.metadata.config.oslo.OptionType.path;
import static org.novacompat.metadata.config.oslo.OptionType.text;
import static org.novacompat.metadata.config.oslo.OptionType.wholeSecondsFrom;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;

/** The options of {@code [api]}: what guests are answered. */
public final class ApiOptions extends OptionGroup {
  public final Option<String> dhcpDomain =
      option("dhcp_domain", text(), "novalocal")
          .formerly(DEFAULT_GROUP, "dhcp_domain")
          .help(
              """
              The domain that completes an instance's host name. When empty, the host name stands
              alone.
              """);

  public final Option<Duration> metadataCacheExpiration =
      option("metadata_cache_expiration", wholeSecondsFrom(0), "15")
          .formerly(DEFAULT_GROUP, "metadata_cache_expiration")
          .help(
              """
              For how many seconds what is known of an instance is taken to be true before the
              database is asked again. With 0 it is asked every time.
              """);

  public final Option<Boolean> localMetadataPerCell =
      option("local_metadata_per_cell", bool(), "false")
          .help(
              """
              Whether this service serves one cell only, that of [database] connection. The API
              database is then not asked.
              """);

  public final Option<List<String>> vendordataProviders =
      option("vendordata_providers", list(choice("StaticJSON", "DynamicJSON")), "StaticJSON")
          .formerly(DEFAULT_GROUP, "vendordata_providers")
          .warnsOf(
              providers -> providers.contains("DynamicJSON"),
              "is heeded in part: DynamicJSON is not there yet, vendor_data2.json has nothing of"
                  + " it")
          .help(
              """
              Where vendor data comes from: StaticJSON is the file of vendordata_jsonfile_path.
              DynamicJSON, REST services, may stand there and is not asked yet.
              """);

  public final Option<Optional<Path>> vendordataJsonfilePath =
      optional("vendordata_jsonfile_path", path())
          .formerly(DEFAULT_GROUP, "vendordata_jsonfile_path")
          .help(
              """
              The JSON file that every instance is given as its vendor data. When unset, vendor data
              is empty.
              """);

  public final Option<Boolean> useForwardedFor =
      option("use_forwarded_for", bool(), "false")
          .formerly(DEFAULT_GROUP, "use_forwarded_for")
          .help(
              """
              Whether the header X-Forwarded-For stands for the address that a request comes from,
              where guests are known by their address. Any client that can reach this service can then
              be any instance (OSSN-0074), unless a proxy that guests cannot go around sets the
              header. As in nova, it has no effect from 2024.1 on (see api_release).
              """);

  ApiOptions() {
    super("api");
  }
}
