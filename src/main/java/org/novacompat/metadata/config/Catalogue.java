// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every option of nova.conf that this service heeds, each described once ({@code nova/conf/*.py},
 * {@code oslo_db/options.py}, {@code oslo_log/_options.py}). Names, defaults and ranges are nova's;
 * deprecated names are those that a release since Train accepts or accepted. The group {@code
 * nova_compat} and {@code esurfing} are this project's own.
 */
public final class Catalogue {
  private static final long MAX_CONNECTIONS_DEFAULT = 16_384;

  /** Those of the other endpoints, of databases, services and the JVM. */
  private static final long FILES_OF_OTHERS = 512;

  private static final String DEFAULT = OptionName.DEFAULT_GROUP;
  private static final String API_DATABASE = "api_database";
  private static final String DATABASE = "database";

  /** {@code [DEFAULT] pybasedir} */
  public static final Option<Path> PYBASEDIR =
      Option.of(
          DEFAULT,
          "pybasedir",
          OptionType.path(),
          Default.of("/usr/lib/python3/dist-packages"),
          """
          Where nova's Python modules are installed. Only looked at where another option refers to
          it as $pybasedir.
          """);

  /** {@code [DEFAULT] state_path} */
  public static final Option<Path> STATE_PATH =
      Option.of(
          DEFAULT,
          "state_path",
          OptionType.path(),
          Default.of("/var/lib/nova"),
          """
          Where nova keeps its state. Looked at where another option refers to it as $state_path;
          and this service keeps what it needs between two starts in nova-compat beneath it when its
          own folder cannot be written to.
          """);

  /** {@code [DEFAULT] my_ip} */
  public static final Option<String> MY_IP =
      Option.of(
          DEFAULT,
          "my_ip",
          OptionType.text(),
          Default.computed("the host's primary IPv4 address", PrimaryAddress::find),
          """
          This host's address on the management network. Only looked at where another option refers
          to it as $my_ip.
          """);

  /** {@code [DEFAULT] enabled_apis} */
  public static final Option<List<String>> ENABLED_APIS =
      Option.of(
          DEFAULT,
          "enabled_apis",
          OptionType.list(OptionType.text()),
          Default.of("osapi_compute,metadata"),
          """
          Which of nova's APIs the command nova-api runs. This service runs whatever it says, as
          nova-api-metadata does; without metadata among them, the log has a line.
          """);

  /** {@code [DEFAULT] metadata_listen} */
  public static final Option<String> METADATA_LISTEN =
      Option.of(
          DEFAULT,
          "metadata_listen",
          OptionType.text(),
          Default.of("0.0.0.0"),
          """
          The address on which guests, or the proxies before them, are answered.
          """);

  /** {@code [DEFAULT] metadata_listen_port} */
  public static final Option<Integer> METADATA_LISTEN_PORT =
      Option.of(
          DEFAULT,
          "metadata_listen_port",
          OptionType.port(),
          Default.of("8775"),
          """
          The port on which guests, or the proxies before them, are answered.
          """);

  /** {@code [DEFAULT] metadata_host} */
  public static final Option<String> METADATA_HOST =
      Option.of(
          DEFAULT,
          "metadata_host",
          OptionType.text(),
          Default.of("$my_ip"),
          """
          Where nova-compat-nat sends instances that ask 169.254.169.254: the address of the host
          that runs this service. 127.0.0.1 is the host that the rules are on, whatever its
          addresses.
          """);

  /** {@code [DEFAULT] metadata_port} */
  public static final Option<Integer> METADATA_PORT =
      Option.of(
          DEFAULT,
          "metadata_port",
          OptionType.port(),
          Default.of("8775"),
          """
          The port of metadata_host that nova-compat-nat sends instances to.
          """);

  /** {@code [DEFAULT] metadata_workers} */
  public static final Option<Integer> METADATA_WORKERS =
      Option.of(
          DEFAULT,
          "metadata_workers",
          OptionType.integerFrom(1),
          Default.computed(
              "the number of CPUs",
              () -> String.valueOf(Runtime.getRuntime().availableProcessors())),
          """
          How much work this service may do at a time, counted in worker processes of nova's.
          """);

  /** {@code [DEFAULT] injected_network_template} */
  public static final Option<Optional<Path>> INJECTED_NETWORK_TEMPLATE =
      Option.of(
              DEFAULT,
              "injected_network_template",
              OptionType.optional(OptionType.path()),
              Default.none(),
              """
              The Jinja2 template that the interfaces file of an instance with injected networks is
              made from. When unset or empty, the template that nova ships is used.
              """)
          .toldWhere(
              Optional::isEmpty,
              "is heeded in part: when it is empty, nova shows no interfaces file, and here the"
                  + " template that nova ships is used");

  /** {@code [DEFAULT] debug} */
  public static final Option<Boolean> DEBUG =
      Option.of(
          DEFAULT,
          "debug",
          OptionType.bool(),
          Default.of("false"),
          """
          Whether the log tells every step rather than what matters to an operator.
          """);

  /** {@code [DEFAULT] log_file} */
  public static final Option<Optional<Path>> LOG_FILE =
      Option.of(
              DEFAULT,
              "log_file",
              OptionType.optional(OptionType.path()),
              Default.none(),
              """
              The file to log to, under log_dir unless its path is absolute.
              """)
          .formerly(DEFAULT, "logfile");

  /** {@code [DEFAULT] log_dir} */
  public static final Option<Optional<Path>> LOG_DIR =
      Option.of(
              DEFAULT,
              "log_dir",
              OptionType.optional(OptionType.path()),
              Default.none(),
              """
              The directory for the log. Without log_file, the log's name there is that of the
              program.
              """)
          .formerly(DEFAULT, "logdir");

  /** {@code [api] dhcp_domain} */
  public static final Option<String> DHCP_DOMAIN =
      Option.of(
              "api",
              "dhcp_domain",
              OptionType.text(),
              Default.of("novalocal"),
              """
              The domain that completes an instance's host name. When empty, the host name stands
              alone.
              """)
          .formerly(DEFAULT, "dhcp_domain");

  /** {@code [api] metadata_cache_expiration} */
  public static final Option<Integer> METADATA_CACHE_EXPIRATION =
      Option.of(
              "api",
              "metadata_cache_expiration",
              OptionType.integerFrom(0),
              Default.of("15"),
              """
              For how many seconds what is known of an instance is taken to be true before the
              database is asked again. With 0 it is asked every time.
              """)
          .formerly(DEFAULT, "metadata_cache_expiration");

  /** {@code [api] local_metadata_per_cell} */
  public static final Option<Boolean> LOCAL_METADATA_PER_CELL =
      Option.of(
          "api",
          "local_metadata_per_cell",
          OptionType.bool(),
          Default.of("false"),
          """
          Whether this service serves one cell only, that of [database] connection. The API database
          is then not asked.
          """);

  /** {@code [api] vendordata_providers} */
  public static final Option<List<String>> VENDORDATA_PROVIDERS =
      Option.of(
              "api",
              "vendordata_providers",
              OptionType.list(OptionType.choice("StaticJSON", "DynamicJSON")),
              Default.of("StaticJSON"),
              """
              Where vendor data comes from: StaticJSON is the file of vendordata_jsonfile_path.
              DynamicJSON, REST services, may stand there and is not asked yet.
              """)
          .formerly(DEFAULT, "vendordata_providers")
          .toldWhere(
              providers -> providers.contains("DynamicJSON"),
              "is heeded in part: DynamicJSON is not there yet, vendor_data2.json has nothing of it");

  /** {@code [api] vendordata_jsonfile_path} */
  public static final Option<Optional<Path>> VENDORDATA_JSONFILE_PATH =
      Option.of(
              "api",
              "vendordata_jsonfile_path",
              OptionType.optional(OptionType.path()),
              Default.none(),
              """
              The JSON file that every instance is given as its vendor data. When unset, vendor data
              is empty.
              """)
          .formerly(DEFAULT, "vendordata_jsonfile_path");

  /** {@code [api] use_forwarded_for} */
  public static final Option<Boolean> USE_FORWARDED_FOR =
      Option.of(
              "api",
              "use_forwarded_for",
              OptionType.bool(),
              Default.of("false"),
              """
              Whether the header X-Forwarded-For stands for the address that a request comes from,
              where guests are known by their address. Whoever can reach this service can then be
              any instance (OSSN-0074), unless a proxy that guests cannot go around sets the header.
              As in nova, it has no effect from 2024.1 on (see api_release).
              """)
          .formerly(DEFAULT, "use_forwarded_for");

  /** {@code [oslo_middleware] enable_proxy_headers_parsing} */
  public static final Option<Boolean> ENABLE_PROXY_HEADERS_PARSING =
      Option.of(
          "oslo_middleware",
          "enable_proxy_headers_parsing",
          OptionType.bool(),
          Default.of("false"),
          """
          Whether the header Forwarded, or else X-Forwarded-For, stands for the address that a
          request comes from, where guests are known by their address. The warning at
          use_forwarded_for holds here too. As in nova, it has no effect where the pipeline of the
          metadata API in api-paste.ini lacks the filter http_proxy_to_wsgi.
          """);

  /** {@code [healthcheck] disable_by_file_path} */
  public static final Option<Optional<Path>> DISABLE_BY_FILE_PATH =
      Option.of(
          "healthcheck",
          "disable_by_file_path",
          OptionType.optional(OptionType.path()),
          Default.none(),
          """
          The file whose presence makes /healthcheck answer 503, so that a balancer sends nobody
          here. The one that api-paste.ini names for the disable_by_file backend comes first.
          """);

  /** {@code [wsgi] api_paste_config} */
  public static final Option<Path> API_PASTE_CONFIG =
      Option.of(
              "wsgi",
              "api_paste_config",
              OptionType.path(),
              Default.of("api-paste.ini"),
              """
              Nova's pipelines, looked for beside nova.conf, then in ~/.nova, ~, /etc/nova and /etc.
              Nothing is read of it but the file that disables the healthcheck, and whether the
              pipeline of the metadata API has the filter http_proxy_to_wsgi.
              """)
          .formerly(DEFAULT, "api_paste_config");

  /** {@code [api_database] connection} */
  public static final Option<Optional<DatabaseUrl>> API_DATABASE_CONNECTION =
      connection(
          API_DATABASE,
          """
          The database that knows which cell an instance is in, as an SQLAlchemy URL.
          """);

  /** {@code [api_database] connection_parameters} */
  public static final Option<String> API_DATABASE_CONNECTION_PARAMETERS =
      connectionParameters(API_DATABASE);

  /** {@code [api_database] max_pool_size} */
  public static final Option<Integer> API_DATABASE_MAX_POOL_SIZE = maxPoolSize(API_DATABASE);

  /** {@code [api_database] max_overflow} */
  public static final Option<Integer> API_DATABASE_MAX_OVERFLOW = maxOverflow(API_DATABASE);

  /** {@code [api_database] pool_timeout} */
  public static final Option<Optional<Integer>> API_DATABASE_POOL_TIMEOUT =
      poolTimeout(API_DATABASE);

  /** {@code [api_database] mysql_sql_mode} */
  public static final Option<Optional<String>> API_DATABASE_MYSQL_SQL_MODE =
      mysqlSqlMode(API_DATABASE);

  /** {@code [api_database] mysql_wsrep_sync_wait} */
  public static final Option<Optional<Integer>> API_DATABASE_MYSQL_WSREP_SYNC_WAIT =
      mysqlWsrepSyncWait(API_DATABASE);

  /** {@code [api_database] connection_recycle_time} */
  public static final Option<Integer> API_DATABASE_CONNECTION_RECYCLE_TIME =
      connectionRecycleTime(API_DATABASE);

  /** {@code [database] connection} */
  public static final Option<Optional<DatabaseUrl>> DATABASE_CONNECTION =
      connection(
          DATABASE,
          """
          The database of this service's own cell, as an SQLAlchemy URL. Instances that no cell is
          known for are looked for here, and cell mappings that are templates are filled in from it.
          """);

  /** {@code [database] connection_parameters} */
  public static final Option<String> DATABASE_CONNECTION_PARAMETERS =
      connectionParameters(DATABASE);

  /** {@code [database] max_pool_size} */
  public static final Option<Integer> DATABASE_MAX_POOL_SIZE =
      maxPoolSize(DATABASE)
          .formerly(DEFAULT, "sql_max_pool_size")
          .formerly(DATABASE, "sql_max_pool_size");

  /** {@code [database] max_overflow} */
  public static final Option<Integer> DATABASE_MAX_OVERFLOW = maxOverflow(DATABASE);

  /** {@code [database] pool_timeout} */
  public static final Option<Optional<Integer>> DATABASE_POOL_TIMEOUT = poolTimeout(DATABASE);

  /** {@code [database] mysql_sql_mode} */
  public static final Option<Optional<String>> DATABASE_MYSQL_SQL_MODE = mysqlSqlMode(DATABASE);

  /** {@code [database] mysql_wsrep_sync_wait} */
  public static final Option<Optional<Integer>> DATABASE_MYSQL_WSREP_SYNC_WAIT =
      mysqlWsrepSyncWait(DATABASE);

  /** {@code [database] connection_recycle_time} */
  public static final Option<Integer> DATABASE_CONNECTION_RECYCLE_TIME =
      connectionRecycleTime(DATABASE)
          .formerly(DEFAULT, "sql_idle_timeout")
          .formerly(DATABASE, "sql_idle_timeout")
          .formerly("sql", "idle_timeout");

  /** {@code [neutron] service_metadata_proxy} */
  public static final Option<Boolean> SERVICE_METADATA_PROXY =
      Option.of(
          "neutron",
          "service_metadata_proxy",
          OptionType.bool(),
          Default.of("false"),
          """
          Whether guests come by way of Neutron's metadata agent, which says in signed headers whose
          request it is. Otherwise a guest is known by its address.
          """);

  /** {@code [neutron] metadata_proxy_shared_secret} */
  public static final Option<String> METADATA_PROXY_SHARED_SECRET =
      Option.of(
              "neutron",
              "metadata_proxy_shared_secret",
              OptionType.text(),
              Default.of(""),
              """
              The secret with which Neutron's metadata agent signs; the same as in
              metadata_agent.ini.
              """)
          .keptSecret();

  /** {@code [neutron] http_retries} */
  public static final Option<Integer> NEUTRON_HTTP_RETRIES =
      Option.of(
          "neutron",
          "http_retries",
          OptionType.integerFrom(0),
          Default.of("3"),
          """
          How often a connection to Neutron or Keystone that cannot be made is tried again, unless
          connect_retries says otherwise.
          """);

  /** {@code [neutron]}: how Neutron is asked */
  public static final ServiceOptions NEUTRON = new ServiceOptions("neutron", "network");

  /** {@code [nova_compat] api_release} */
  public static final Option<Optional<ApiRelease>> API_RELEASE =
      Option.of(
          "nova_compat",
          "api_release",
          OptionType.parsed("an OpenStack release: " + ApiRelease.names(), ApiRelease::choice),
          Default.of(ApiRelease.AUTO),
          """
          The OpenStack release whose metadata API guests see, by its name or its number. Versions
          of the API that are newer than it do not exist for them. With auto it is the oldest that
          nova's services in the nova database have; the log says which, and why. latest is the
          newest that there is.
          """);

  /** {@code [nova_compat] metadata_host_ipv6} */
  public static final Option<Optional<String>> METADATA_HOST_IPV6 =
      Option.of(
          "nova_compat",
          "metadata_host_ipv6",
          OptionType.optional(OptionType.text()),
          Default.none(),
          """
          Where nova-compat-nat sends instances that ask fe80::a9fe:a9fe, like metadata_host; ::1 is
          the host that the rules are on. When unset, it is metadata_host if that is an IPv6
          address, and otherwise there are no rules for IPv6.
          """);

  /** {@code [nova_compat] serve_stale_seconds} */
  public static final Option<Integer> SERVE_STALE_SECONDS =
      Option.of(
          "nova_compat",
          "serve_stale_seconds",
          OptionType.integerFrom(0),
          Default.of("3600"),
          """
          For how many seconds after metadata_cache_expiration an instance that is known is shown as
          it was, while the database cannot be asked. With 0, or without a cache, never.
          """);

  /** {@code [nova_compat] cache_max_mib} */
  public static final Option<Integer> CACHE_MAX_MIB =
      Option.of(
          "nova_compat",
          "cache_max_mib",
          OptionType.integerFrom(1),
          Default.computed(
              "two fifths of the memory that -Xmx lets Java use",
              () -> String.valueOf(Runtime.getRuntime().maxMemory() / 5 * 2 >> 20)),
          """
          How much memory known instances may take, in MiB: about 4 KiB for each and its documents,
          and its user data. Those that were not asked for lately are dropped to keep to it.
          """);

  /** {@code [nova_compat] max_connections} */
  public static final Option<Integer> MAX_CONNECTIONS =
      Option.of(
          "nova_compat",
          "max_connections",
          OptionType.integerBetween(1, 128_000),
          Default.computed(
              "what the open files that the system allows leave beside others, at most 16384",
              () -> String.valueOf(maxConnections())),
          """
          How many connections guests, or agents for them, have open at a time; further ones are
          closed at once.
          """);

  /** {@code [nova_compat] max_connections_per_address} */
  public static final Option<Optional<Integer>> MAX_CONNECTIONS_PER_ADDRESS =
      Option.of(
          "nova_compat",
          "max_connections_per_address",
          OptionType.optional(OptionType.integerFrom(0)),
          Default.none(),
          """
          How many connections that have sent something one address may have open at a time to what
          guests ask; further ones are closed at once. 0 is no limit. When unset, it is 64 where instances ask by
          themselves, and no limit where service_metadata_proxy or use_forwarded_for tell that a
          proxy asks for many.
          """);

  /** {@code [nova_compat] request_timeout} */
  public static final Option<Integer> REQUEST_TIMEOUT =
      Option.of(
          "nova_compat",
          "request_timeout",
          OptionType.integerFrom(1),
          Default.of("30"),
          """
          For how many seconds a request may be on its way, from its first byte to its last: one
          that takes longer is answered by 408.
          """);

  /** {@code [nova_compat] drain_seconds} */
  public static final Option<Integer> DRAIN_SECONDS =
      Option.of(
          "nova_compat",
          "drain_seconds",
          OptionType.integerFrom(0),
          Default.of("10"),
          """
          When the service is told to end, for how many seconds it goes on answering while
          /healthcheck tells balancers, by 503, to send guests to another node: as long as the
          slowest balancer takes to notice. Where nobody asked for /healthcheck within the last
          minute, no time passes.
          """);

  /** {@code [nova_compat] database_driver_options} */
  public static final Option<DriverOptions> DATABASE_DRIVER_OPTIONS =
      Option.of(
              "nova_compat",
              "database_driver_options",
              OptionType.parsed(
                  "options of MariaDB Connector/J: " + DriverOptions.FORM, DriverOptions::parse),
              Default.of(""),
              """
          Options of MariaDB Connector/J for every connection to a database, where its own ways do
          not fit: NAME=VALUE&NAME=VALUE, such as useServerPrepStmts=false behind ProxySQL. It takes
          allowPublicKeyRetrieval, cachePrepStmts, connectionAttributes, connectionCollation,
          disablePipeline, enabledSslCipherSuites, enabledSslProtocolSuites, galeraAllowedState,
          initSql, maxAllowedPacket, permitRedirect, prepStmtCacheSize, restrictedAuth,
          rewriteBatchedStatements, serverRsaPublicKeyFile, servicePrincipalName, sessionVariables,
          tcpAbortiveClose, tcpKeepAlive, tcpKeepCount, tcpKeepIdle, tcpKeepInterval,
          transactionIsolation, useBulkStmts, useBulkStmtsForInserts, useCompression,
          useLocalSessionState and useServerPrepStmts. The others are refused: where a database is,
          who logs in, TLS and timeouts belong into its URL.
          """)
          .keptSecret();

  /** {@code [nova_compat] admin_…}: the endpoint for who runs this service */
  public static final TlsEndpointOptions ADMIN =
      new TlsEndpointOptions(
          "nova_compat",
          "admin",
          "the document that describes the OpenAPI",
          Default.none(),
          "When unset, it is answered nowhere.");

  /** {@code [quota] metadata_items} */
  public static final Option<Integer> METADATA_ITEMS =
      Option.of(
              "quota",
              "metadata_items",
              OptionType.integerFrom(-1),
              Default.of("128"),
              """
              How many keys an instance's custom metadata may have, unless the API database has a
              quota of the instance's project, or a default one. -1 sets no limit.
              """)
          .formerly(DEFAULT, "quota_metadata_items");

  /** {@code [esurfing] enabled} */
  public static final Option<Boolean> ESURFING_ENABLED =
      Option.of(
          "esurfing",
          "enabled",
          OptionType.bool(),
          Default.of("true"),
          """
          Whether guests also find eSurfing Cloud's tree, /meta-data and /spec-meta-data. Nova has
          nothing there.
          """);

  /** {@code [esurfing] region_id} */
  public static final Option<Optional<String>> ESURFING_REGION_ID =
      Option.of(
          "esurfing",
          "region_id",
          OptionType.optional(OptionType.text()),
          Default.none(),
          """
          The region that instances are told, and that callers name. When unset, it is region_name
          of [neutron].
          """);

  /** {@code [esurfing] owner_account} */
  public static final Option<String> ESURFING_OWNER_ACCOUNT =
      Option.of(
          "esurfing",
          "owner_account",
          OptionType.choice("project", "user"),
          Default.of("project"),
          """
          Whose id an instance is told to be its owner's account: that of its project, or that of
          the user who created it.
          """);

  /** {@code [esurfing] access_keys_file} */
  public static final Option<Optional<Path>> ESURFING_ACCESS_KEYS_FILE =
      Option.of(
          "esurfing",
          "access_keys_file",
          OptionType.optional(OptionType.path()),
          Default.none(),
          """
          The access keys that calls of the OpenAPI are signed with, and the projects that each may
          act for; mode 0600. A change counts at the next call. When unset, there is no OpenAPI.
          """);

  /** {@code [esurfing] openapi_…}: the endpoint of the OpenAPI */
  public static final TlsEndpointOptions OPENAPI =
      new TlsEndpointOptions("esurfing", "openapi", "the OpenAPI", Default.of("8743"), "");

  /** {@code [esurfing] signature_skew_seconds} */
  public static final Option<Integer> ESURFING_SIGNATURE_SKEW_SECONDS =
      Option.of(
          "esurfing",
          "signature_skew_seconds",
          OptionType.integerBetween(1, 3600),
          Default.of("300"),
          """
          By how many seconds a caller's clock may differ from this host's.
          """);

  /** {@code [esurfing] signature_failures_per_minute} */
  public static final Option<Integer> ESURFING_SIGNATURE_FAILURES_PER_MINUTE =
      Option.of(
          "esurfing",
          "signature_failures_per_minute",
          OptionType.integerFrom(1),
          Default.of("20"),
          """
          After how many calls within a minute from one address that are not signed right further ones
          are told that there are too many, and at most a quarter of all calls at a time is
          listened to from such addresses. A call that is signed right is never refused for others
          that are not.
          """);

  private Catalogue() {}

  /** All options, in the order in which the sample file shows them. */
  public static List<Option<?>> all() {
    return All.OPTIONS;
  }

  private static Option<Optional<DatabaseUrl>> connection(String group, String help) {
    return Option.of(
            group,
            "connection",
            OptionType.optional(
                OptionType.parsed(
                    "mysql+pymysql://USER:PASSWORD@HOST:PORT/DATABASE", DatabaseUrl::parse)),
            Default.none(),
            help)
        .formerly(DEFAULT, "sql_connection")
        .formerly(DATABASE, "sql_connection")
        .formerly("sql", "connection")
        .keptSecret();
  }

  private static Option<String> connectionParameters(String group) {
    return Option.of(
            group,
            "connection_parameters",
            OptionType.text(),
            Default.of(""),
            """
        More parameters for the URL of connection: NAME=VALUE&NAME=VALUE.
        """)
        .keptSecret();
  }

  private static Option<Integer> maxPoolSize(String group) {
    return Option.of(
        group,
        "max_pool_size",
        OptionType.integer(),
        Default.of("5"),
        """
        How many connections to a database are kept open. 0 sets no limit.
        """);
  }

  private static Option<Integer> maxOverflow(String group) {
    return Option.of(
            group,
            "max_overflow",
            OptionType.integer(),
            Default.of("50"),
            """
            How many connections more than max_pool_size may be open while they are needed. -1 sets
            no limit.
            """)
        .formerly(DEFAULT, "sql_max_overflow")
        .formerly(DATABASE, "sqlalchemy_max_overflow");
  }

  private static Option<Optional<Integer>> poolTimeout(String group) {
    return Option.of(
            group,
            "pool_timeout",
            OptionType.optional(OptionType.integer()),
            Default.none(),
            """
            For how many seconds a request waits for a connection when all are in use; none waits
            for databases longer than 1.5 seconds in all, which is what holds when unset.
            """)
        .formerly(DATABASE, "sqlalchemy_pool_timeout");
  }

  private static Option<Integer> connectionRecycleTime(String group) {
    return Option.of(
            group,
            "connection_recycle_time",
            OptionType.integer(),
            Default.of("3600"),
            """
            After how many seconds a connection is replaced by a new one.
            """)
        .formerly(group, "idle_timeout");
  }

  private static Option<Optional<String>> mysqlSqlMode(String group) {
    return Option.of(
        group,
        "mysql_sql_mode",
        OptionType.optional(OptionType.parsed("an SQL mode", ConnectionOptions::requireSqlMode)),
        Default.of("TRADITIONAL"),
        """
        The SQL mode of every connection, or nothing, for the server's own.
        """);
  }

  private static Option<Optional<Integer>> mysqlWsrepSyncWait(String group) {
    return Option.of(
        group,
        "mysql_wsrep_sync_wait",
        OptionType.optional(OptionType.integer()),
        Default.none(),
        """
        In a Galera cluster with several writers, which statements wait until the node has what
        others wrote before: wsrep_sync_wait of every connection, such as 1 for reading. The server
        must know the variable. When unset, it is the server's own.
        """);
  }

  private static final class All {

    static final List<Option<?>> OPTIONS =
        Stream.of(
                List.<Option<?>>of(
                    PYBASEDIR,
                    STATE_PATH,
                    MY_IP,
                    ENABLED_APIS,
                    METADATA_LISTEN,
                    METADATA_LISTEN_PORT,
                    METADATA_HOST,
                    METADATA_PORT,
                    METADATA_WORKERS,
                    INJECTED_NETWORK_TEMPLATE,
                    DEBUG,
                    LOG_FILE,
                    LOG_DIR,
                    DHCP_DOMAIN,
                    METADATA_CACHE_EXPIRATION,
                    LOCAL_METADATA_PER_CELL,
                    VENDORDATA_PROVIDERS,
                    VENDORDATA_JSONFILE_PATH,
                    USE_FORWARDED_FOR,
                    ENABLE_PROXY_HEADERS_PARSING,
                    DISABLE_BY_FILE_PATH,
                    API_PASTE_CONFIG,
                    API_DATABASE_CONNECTION,
                    API_DATABASE_CONNECTION_PARAMETERS,
                    API_DATABASE_MAX_POOL_SIZE,
                    API_DATABASE_MAX_OVERFLOW,
                    API_DATABASE_POOL_TIMEOUT,
                    API_DATABASE_CONNECTION_RECYCLE_TIME,
                    API_DATABASE_MYSQL_SQL_MODE,
                    API_DATABASE_MYSQL_WSREP_SYNC_WAIT,
                    DATABASE_CONNECTION,
                    DATABASE_CONNECTION_PARAMETERS,
                    DATABASE_MAX_POOL_SIZE,
                    DATABASE_MAX_OVERFLOW,
                    DATABASE_POOL_TIMEOUT,
                    DATABASE_CONNECTION_RECYCLE_TIME,
                    DATABASE_MYSQL_SQL_MODE,
                    DATABASE_MYSQL_WSREP_SYNC_WAIT,
                    SERVICE_METADATA_PROXY,
                    METADATA_PROXY_SHARED_SECRET,
                    NEUTRON_HTTP_RETRIES),
                NEUTRON.all(),
                List.<Option<?>>of(
                    API_RELEASE,
                    METADATA_HOST_IPV6,
                    SERVE_STALE_SECONDS,
                    CACHE_MAX_MIB,
                    MAX_CONNECTIONS,
                    MAX_CONNECTIONS_PER_ADDRESS,
                    REQUEST_TIMEOUT,
                    DRAIN_SECONDS,
                    DATABASE_DRIVER_OPTIONS),
                ADMIN.all(),
                List.<Option<?>>of(
                    METADATA_ITEMS,
                    ESURFING_ENABLED,
                    ESURFING_REGION_ID,
                    ESURFING_OWNER_ACCOUNT,
                    ESURFING_ACCESS_KEYS_FILE),
                OPENAPI.all(),
                List.<Option<?>>of(
                    ESURFING_SIGNATURE_SKEW_SECONDS, ESURFING_SIGNATURE_FAILURES_PER_MINUTE))
            .flatMap(List::stream)
            .toList();

    private All() {}
  }

  private static long maxConnections() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount()
            : MAX_CONNECTIONS_DEFAULT;
    return Math.min(MAX_CONNECTIONS_DEFAULT, Math.max(files / 4, files - FILES_OF_OTHERS));
  }
}
