// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionType.integerBetween;
import static org.novacompat.metadata.config.oslo.OptionType.integerFrom;
import static org.novacompat.metadata.config.oslo.OptionType.mebibytesFrom;
import static org.novacompat.metadata.config.oslo.OptionType.parsed;
import static org.novacompat.metadata.config.oslo.OptionType.text;
import static org.novacompat.metadata.config.oslo.OptionType.wholeSecondsFrom;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;

/** The options of {@code [nova_compat]}: what this service does and nova does not. */
public final class NovaCompatOptions extends OptionGroup {
  private static final long MAX_CONNECTIONS = 16_384;

  /** Files of the other endpoints, of databases, services and the JVM. */
  private static final long OTHER_FILES = 512;

  public final Option<Optional<ApiRelease>> apiRelease =
      option(
              "api_release",
              parsed("an OpenStack release: " + ApiRelease.names(), ApiRelease::choice),
              ApiRelease.AUTO)
          .help(
              """
              The OpenStack release whose metadata API guests see, by its name or its number.
              Versions of the API that are newer than it do not exist for them. With auto it is the
              oldest that nova's services in the nova database have; the log says which, and why.
              latest is the newest that there is.
              """);

  public final Option<Optional<String>> metadataHostIpv6 =
      optional("metadata_host_ipv6", text())
          .help(
              """
              Where nova-compat-nat sends instances that ask fe80::a9fe:a9fe, like metadata_host;
              ::1 is the host that the rules are on. When unset, it is metadata_host if that is an
              IPv6 address, and otherwise there are no rules for IPv6.
              """);

  public final Option<Duration> serveStaleSeconds =
      option("serve_stale_seconds", wholeSecondsFrom(0), "3600")
          .help(
              """
              For how many seconds after metadata_cache_expiration an instance that is known is
              shown as it was, while the database cannot be asked. With 0, or without a cache, never.
              """);

  /** {@code cache_max_mib}, in bytes */
  public final Option<Long> cacheMaxMib =
      option("cache_max_mib", mebibytesFrom(1), "")
          .computed(
              "two fifths of the memory that -Xmx lets Java use",
              () -> String.valueOf(Runtime.getRuntime().maxMemory() / 5 * 2 >> 20))
          .help(
              """
              How much memory known instances may take, in MiB: about 4 KiB for each and its
              documents, its user data, and eight bytes for each character of its metadata, custom
              metadata and key beyond the first 512. Those that were not asked for lately are
              dropped to keep to it.
              """);

  public final Option<Integer> maxConnections =
      option("max_connections", integerBetween(1, 128_000), "")
          .computed(
              "what the open files that the system allows leave beside others, at most 16384",
              () -> String.valueOf(connectionsWithinOpenFiles()))
          .help(
              """
              How many connections guests, or agents for them, have open at a time; further ones are
              closed at once.
              """);

  public final Option<Optional<Integer>> maxConnectionsPerAddress =
      optional("max_connections_per_address", integerFrom(0))
          .help(
              """
              How many connections that have sent something one address may have open at a time to
              what guests ask; further ones are closed at once. 0 is no limit. When unset, it is 64
              where instances ask by themselves, and no limit where service_metadata_proxy or
              use_forwarded_for tell that a proxy asks for many.
              """);

  public final Option<Duration> requestTimeout =
      option("request_timeout", wholeSecondsFrom(1), "30")
          .help(
              """
              For how many seconds a request may be on its way, from its first byte to its last: one
              that takes longer is answered by 408.
              """);

  public final Option<Duration> drainSeconds =
      option("drain_seconds", wholeSecondsFrom(0), "10")
          .help(
              """
              When the service is told to end, for how many seconds it goes on answering while
              /healthcheck tells balancers, by 503, to send guests to another node: as long as the
              slowest balancer takes to notice. Where /healthcheck was not asked for within the last
              minute, no time passes.
              """);

  public final Option<DriverOptions> databaseDriverOptions =
      option(
              "database_driver_options",
              parsed("options of MariaDB Connector/J: " + DriverOptions.FORM, DriverOptions::parse),
              "")
          .secret()
          .help(
              """
              Options of MariaDB Connector/J for every connection to a database, where its own ways
              do not fit: %s, such as useServerPrepStmts=false behind ProxySQL. It takes %s. The
              others are refused: where a database is, who logs in, TLS and timeouts belong into its
              URL.
              """
                  .formatted(DriverOptions.FORM, String.join(", ", DriverOptions.names())));

  NovaCompatOptions() {
    super("nova_compat");
  }

  private static long connectionsWithinOpenFiles() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount()
            : MAX_CONNECTIONS;
    return Math.min(MAX_CONNECTIONS, Math.max(files / 4, files - OTHER_FILES));
  }
}
