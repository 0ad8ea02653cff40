// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every option that nova's metadata service reads, of a release from Train on, and that this
 * service does not heed: with its type, its default, and as its help the reason. What is read was
 * found in nova ({@code nova/conf/*.py} and who asks them) and in the libraries that bring options
 * of their own: {@code oslo_log}, {@code oslo_db}, {@code oslo_cache}, {@code oslo_middleware},
 * {@code oslo_service}, {@code oslo_reports}, {@code oslo_messaging}, {@code osprofiler} and {@code
 * keystoneauth1}. Options of nova's other services stand nowhere here, nor do the groups {@code
 * keystone_authtoken}, {@code oslo_concurrency}, {@code oslo_limit} and {@code oslo_policy}, which
 * libraries bring into every process of nova's and the metadata service never looks into.
 *
 * <p>They are of two kinds. {@link #told} are those where a guest or an operator could see a
 * difference: whoever sets one to anything but its default is told so at the start. {@link #silent}
 * are those that change nothing to be seen in nova's metadata service either, or where any value
 * means what is done here; and those that nova looks at only where another is set that is told.
 */
final class Unheeded {

  private static final String DEFAULT = OptionName.DEFAULT_GROUP;
  private static final String API = "api";
  private static final String API_DATABASE = "api_database";
  private static final String CACHE = "cache";
  private static final String CORS = "cors";
  private static final String DATABASE = "database";
  private static final String HEALTHCHECK = "healthcheck";
  private static final String MESSAGING = "oslo_messaging_notifications";
  private static final String NEUTRON = "neutron";
  private static final String NOTIFICATIONS = "notifications";
  private static final String PROFILER = "profiler";
  private static final String SERVICE_USER = "service_user";
  private static final String UPGRADE_LEVELS = "upgrade_levels";
  private static final String VENDORDATA_AUTH = "vendordata_dynamic_auth";
  private static final String WSGI = "wsgi";

  /** oslo.log's default levels but for the first ones, which differ between releases. */
  private static final String LOG_LEVELS =
      "sqlalchemy=WARN,suds=INFO,oslo.messaging=INFO,oslo_messaging=INFO,iso8601=WARN,"
          + "requests.packages.urllib3.connectionpool=WARN,urllib3.connectionpool=WARN,"
          + "websocket=WARN,requests.packages.urllib3.util.retry=WARN,"
          + "urllib3.util.retry=WARN,keystonemiddleware=WARN,routes.middleware=WARN,"
          + "stevedore=WARN,taskflow=WARN,keystoneauth=WARN,oslo.cache=INFO,oslo_policy=INFO,"
          + "dogpile.core.dogpile=INFO";

  /** What nova adds to them. */
  private static final String NOVA_LOG_LEVELS = ",glanceclient=WARN,oslo.privsep.daemon=INFO";

  private static final List<Option<?>> TLS =
      told(
          "guests are answered over plain HTTP, TLS is not there yet",
          list(DEFAULT, "enabled_ssl_apis", "").where(apis -> apis.contains("metadata")));

  private static final List<Option<?>> TLS_FILES =
      silent(
          lookedAtWith("enabled_ssl_apis"),
          text(WSGI, "ssl_cert_file").formerly(DEFAULT, "ssl_cert_file"),
          text(WSGI, "ssl_key_file").formerly(DEFAULT, "ssl_key_file"),
          text(WSGI, "ssl_ca_file").formerly(DEFAULT, "ssl_ca_file"));

  private static final List<Option<?>> DYNAMIC_VENDORDATA =
      told(
          "no REST service is asked for vendor data, DynamicJSON is not there yet",
          list(API, "vendordata_dynamic_targets", "")
              .formerly(DEFAULT, "vendordata_dynamic_targets"));

  private static final List<Option<?>> DYNAMIC_VENDORDATA_CALLS =
      silent(
          lookedAtWith("vendordata_dynamic_targets"),
          text(API, "vendordata_dynamic_ssl_certfile")
              .formerly(DEFAULT, "vendordata_dynamic_ssl_certfile"),
          number(API, "vendordata_dynamic_connect_timeout", "5")
              .formerly(DEFAULT, "vendordata_dynamic_connect_timeout"),
          number(API, "vendordata_dynamic_read_timeout", "5")
              .formerly(DEFAULT, "vendordata_dynamic_read_timeout"),
          bool(API, "vendordata_dynamic_failure_fatal", "false"));

  private static final List<Option<?>> DYNAMIC_VENDORDATA_AUTH =
      silent(
          lookedAtWith("vendordata_dynamic_targets"),
          Stream.concat(login(VENDORDATA_AUTH), otherLogins(VENDORDATA_AUTH))
              .toArray(Entry<?>[]::new));

  private static final List<Option<?>> SYSLOG =
      told(
          "nothing is sent to syslog, the log goes to standard error and to log_file",
          bool(DEFAULT, "use_syslog", "false"));

  private static final List<Option<?>> SYSLOG_FACILITY =
      silent(lookedAtWith("use_syslog"), text(DEFAULT, "syslog_log_facility", "LOG_USER"));

  private static final List<Option<?>> JOURNAL =
      told(
          "the journal has what standard error is told, without fields of its own",
          bool(DEFAULT, "use_journal", "false"));

  private static final List<Option<?>> EVENT_LOG =
      told("there is no event log but on Windows", bool(DEFAULT, "use_eventlog", "false"));

  private static final List<Option<?>> LOGGING_CONF =
      told(
          "a logging.conf of Python's is not read; debug, log_file and log_dir hold",
          text(DEFAULT, "log_config_append")
              .formerly(DEFAULT, "log_config")
              .formerly(DEFAULT, "log-config"));

  private static final List<Option<?>> LOG_LINES =
      told(
          "log lines have oslo.log's default format",
          bool(DEFAULT, "use_json", "false"),
          text(DEFAULT, "log_date_format", "%Y-%m-%d %H:%M:%S"),
          text(
              DEFAULT,
              "logging_context_format_string",
              "%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [%(global_request_id)s"
                  + " %(request_id)s %(user_identity)s] %(instance)s%(message)s",
              "%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [%(request_id)s"
                  + " %(user_identity)s] %(instance)s%(message)s"),
          text(
              DEFAULT,
              "logging_default_format_string",
              "%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [-]"
                  + " %(instance)s%(message)s"),
          text(DEFAULT, "logging_debug_format_suffix", "%(funcName)s %(pathname)s:%(lineno)d"),
          text(
              DEFAULT,
              "logging_exception_prefix",
              "%(asctime)s.%(msecs)03d %(process)d ERROR %(name)s %(instance)s"),
          text(
              DEFAULT,
              "logging_user_identity_format",
              "%(user)s %(project)s %(domain)s %(system_scope)s %(user_domain)s"
                  + " %(project_domain)s",
              "%(user)s %(tenant)s %(domain)s %(user_domain)s %(project_domain)s"),
          text(DEFAULT, "instance_format", "[instance: %(uuid)s] "),
          text(DEFAULT, "instance_uuid_format", "[instance: %(uuid)s] "),
          bool(DEFAULT, "log_color", "false"));

  private static final List<Option<?>> LOG_LEVEL =
      told(
          "it names loggers of Python's; debug alone decides what is logged",
          list(
              DEFAULT,
              "default_log_levels",
              "amqp=WARN,boto=WARN," + LOG_LEVELS + NOVA_LOG_LEVELS,
              "amqp=WARN,boto=WARN," + LOG_LEVELS,
              "amqp=WARN,amqplib=WARN,boto=WARN,qpid=WARN," + LOG_LEVELS + NOVA_LOG_LEVELS,
              "amqp=WARN,amqplib=WARN,boto=WARN,qpid=WARN," + LOG_LEVELS));

  private static final List<Option<?>> LOG_ROTATION =
      told(
          "the log file is not rotated here, but opened anew when logrotate has moved it away",
          word(DEFAULT, "log_rotation_type", "none"));

  private static final List<Option<?>> LOG_ROTATION_LIMITS =
      silent(
          lookedAtWith("log_rotation_type"),
          number(DEFAULT, "log_rotate_interval", "1"),
          word(DEFAULT, "log_rotate_interval_type", "days"),
          number(DEFAULT, "max_logfile_count", "30"),
          number(DEFAULT, "max_logfile_size_mb", "200"));

  private static final List<Option<?>> LOG_RATE =
      told(
          "log lines are kept few by rules of this service's own",
          number(DEFAULT, "rate_limit_interval", "0"));

  private static final List<Option<?>> LOG_RATE_LIMITS =
      silent(
          lookedAtWith("rate_limit_interval"),
          number(DEFAULT, "rate_limit_burst", "0"),
          text(DEFAULT, "rate_limit_except_level", "CRITICAL"));

  private static final List<Option<?>> ERROR_NOTIFICATIONS =
      told("errors are logged and not sent as notifications", bool(DEFAULT, "publish_errors", "0"));

  private static final List<Option<?>> LOG_AS_HERE =
      silent(
          "it is always so here",
          bool(DEFAULT, "use_stderr", "false"),
          bool(DEFAULT, "watch_log_file", "false"));

  private static final List<Option<?>> OPTIONS_IN_LOG =
      silent(
          "nova writes its options to the log only with debug, and this service never does",
          bool(DEFAULT, "log_options", "true"));

  private static final List<Option<?>> ACCESS_LOG =
      told(
          "requests are not logged",
          text(
              WSGI,
              "wsgi_log_format",
              "%(client_ip)s \"%(request_line)s\" status: %(status_code)s len: %(body_length)s"
                  + " time: %(wall_seconds).7f"));

  private static final List<Option<?>> WSGI_SERVER =
      told(
          "Liberty's own setting holds (server.xml)",
          bool(WSGI, "keep_alive", "true").formerly(DEFAULT, "wsgi_keep_alive"),
          number(WSGI, "client_socket_timeout", "900").formerly(DEFAULT, "client_socket_timeout"),
          number(WSGI, "tcp_keepidle", "600").formerly(DEFAULT, "tcp_keepidle"),
          number(WSGI, "max_header_line", "16384").formerly(DEFAULT, "max_header_line"));

  private static final List<Option<?>> WSGI_POOL =
      told(
          "[DEFAULT] metadata_workers says how many requests are worked on at the same time",
          number(WSGI, "default_pool_size", "1000").formerly(DEFAULT, "wsgi_default_pool_size"));

  private static final List<Option<?>> WSGI_SCHEME =
      silent(
          "no document shows by which scheme it was asked for",
          text(WSGI, "secure_proxy_ssl_header").formerly(DEFAULT, "secure_proxy_ssl_header"));

  private static final List<Option<?>> GRACEFUL_END =
      told(
          "requests in flight have 10 seconds to end, after [nova_compat] drain_seconds",
          number(DEFAULT, "graceful_shutdown_timeout", "180", "60"));

  private static final List<Option<?>> HEALTH_CHECKS =
      told(
          "/healthcheck knows no check but disable_by_file",
          list(HEALTHCHECK, "backends", "")
              .where(names -> !List.of("disable_by_file").containsAll(names)));

  private static final List<Option<?>> HEALTH_CHECK_FILES =
      silent(
          "only looked at with another of the backends than disable_by_file, which is told",
          list(HEALTHCHECK, "disable_by_file_paths", ""),
          list(HEALTHCHECK, "enable_by_file_paths", ""));

  private static final List<Option<?>> HEALTH_READERS =
      told(
          "/healthcheck answers whoever asks",
          list(HEALTHCHECK, "allowed_source_ranges", ""),
          bool(HEALTHCHECK, "ignore_proxied_requests", "false"));

  private static final List<Option<?>> HEALTH_ANSWER =
      told(
          "it is /healthcheck, and says no more than whether guests should be sent here",
          text(HEALTHCHECK, "path", "/healthcheck"),
          bool(HEALTHCHECK, "detailed", "false"));

  private static final List<Option<?>> CROSS_ORIGIN =
      told("no answer has headers of CORS", list(CORS, "allowed_origin", ""));

  private static final List<Option<?>> CROSS_ORIGIN_HEADERS =
      silent(
          lookedAtWith("allowed_origin"),
          bool(CORS, "allow_credentials", "true"),
          list(
              CORS,
              "expose_headers",
              "X-Auth-Token,X-Openstack-Request-Id,X-Subject-Token,X-Service-Token",
              "X-Auth-Token,X-Openstack-Request-Id,X-Subject-Token,X-Service-Token,"
                  + "X-OpenStack-Nova-API-Version,OpenStack-API-Version",
              ""),
          number(CORS, "max_age", "3600"),
          list(
              CORS,
              "allow_methods",
              "GET,PUT,POST,DELETE,PATCH",
              "OPTIONS,GET,HEAD,POST,PUT,DELETE,TRACE,PATCH"),
          list(
              CORS,
              "allow_headers",
              "X-Auth-Token,X-Openstack-Request-Id,X-Identity-Status,X-Roles,X-Service-Catalog,"
                  + "X-User-Id,X-Tenant-Id",
              "X-Auth-Token,X-Openstack-Request-Id,X-Identity-Status,X-Roles,X-Service-Catalog,"
                  + "X-User-Id,X-Tenant-Id,X-OpenStack-Nova-API-Version,OpenStack-API-Version",
              ""));

  private static final List<Option<?>> SHARED_CACHE =
      told("each node remembers instances for itself, in memory", bool(CACHE, "enabled", "false"));

  private static final List<Option<?>> SHARED_CACHE_BACKEND =
      silent(
          lookedAtWith("[cache] enabled"),
          text(CACHE, "backend", "dogpile.cache.null"),
          repeated(CACHE, "backend_argument").keptSecret(),
          text(CACHE, "config_prefix", "cache.oslo"),
          number(CACHE, "expiration_time", "600"),
          number(CACHE, "backend_expiration_time"),
          list(CACHE, "proxies", ""),
          bool(CACHE, "debug_cache_backend", "false"),
          list(CACHE, "memcache_servers", "localhost:11211"),
          number(CACHE, "memcache_dead_retry", "300"),
          number(CACHE, "memcache_pool_maxsize", "10"),
          number(CACHE, "memcache_pool_unused_timeout", "60"),
          number(CACHE, "memcache_pool_connection_get_timeout", "10"),
          bool(CACHE, "memcache_pool_flush_on_reconnect", "false"),
          bool(CACHE, "memcache_sasl_enabled", "false"),
          text(CACHE, "redis_server", "localhost:6379"),
          number(CACHE, "redis_db", "0"),
          list(CACHE, "redis_sentinels", "localhost:26379"),
          text(CACHE, "redis_sentinel_service_name", "mymaster"),
          text(CACHE, "username")
              .formerly(CACHE, "memcache_username")
              .formerly(CACHE, "redis_username"),
          text(CACHE, "password")
              .formerly(CACHE, "memcache_password")
              .formerly(CACHE, "redis_password")
              .keptSecret(),
          bool(CACHE, "tls_enabled", "false"),
          text(CACHE, "tls_cafile"),
          text(CACHE, "tls_certfile"),
          text(CACHE, "tls_keyfile"),
          text(CACHE, "tls_allowed_ciphers"),
          bool(CACHE, "enforce_fips_mode", "false"),
          seconds(CACHE, "socket_timeout", "1.0", "3.0")
              .formerly(CACHE, "memcache_socket_timeout")
              .formerly(CACHE, "redis_socket_timeout"),
          bool(CACHE, "enable_socket_keepalive", "false"),
          number(CACHE, "socket_keepalive_idle", "1"),
          number(CACHE, "socket_keepalive_interval", "1"),
          number(CACHE, "socket_keepalive_count", "1"),
          bool(CACHE, "enable_retry_client", "false"),
          number(CACHE, "retry_attempts", "2"),
          seconds(CACHE, "retry_delay", "0"),
          number(CACHE, "hashclient_retry_attempts", "2"),
          seconds(CACHE, "hashclient_retry_timeout", "1").formerly(CACHE, "hashclient_retry_delay"),
          seconds(CACHE, "hashclient_dead_timeout", "60").formerly(CACHE, "dead_timeout"));

  private static final List<Option<?>> READERS =
      told(
          "everything is read from connection",
          text(DATABASE, "slave_connection").keptSecret(),
          text(API_DATABASE, "slave_connection").keptSecret());

  private static final List<Option<?>> READERS_WAIT =
      silent(
          lookedAtWith("slave_connection"),
          bool(DATABASE, "synchronous_reader", "true"),
          bool(API_DATABASE, "synchronous_reader", "true"));

  private static final List<Option<?>> DATABASE_RETRIES =
      told(
          "a database that does not answer is tried every half second, for as long as it takes",
          number(DATABASE, "max_retries", "10", "-1")
              .formerly(DEFAULT, "sql_max_retries")
              .formerly(DATABASE, "sql_max_retries"),
          number(API_DATABASE, "max_retries", "10", "-1"),
          number(DATABASE, "retry_interval", "10")
              .formerly(DEFAULT, "sql_retry_interval")
              .formerly(DATABASE, "reconnect_interval"),
          number(API_DATABASE, "retry_interval", "10"),
          bool(DATABASE, "use_db_reconnect", "false"),
          bool(API_DATABASE, "use_db_reconnect", "false"));

  private static final List<Option<?>> RECONNECTIONS =
      silent(
          lookedAtWith("use_db_reconnect"),
          number(DATABASE, "db_max_retries", "20", "-1"),
          number(API_DATABASE, "db_max_retries", "20", "-1"),
          number(DATABASE, "db_retry_interval", "1"),
          number(API_DATABASE, "db_retry_interval", "1"),
          bool(DATABASE, "db_inc_retry_interval", "true"),
          bool(API_DATABASE, "db_inc_retry_interval", "true"),
          number(DATABASE, "db_max_retry_interval", "10"),
          number(API_DATABASE, "db_max_retry_interval", "10"));

  private static final List<Option<?>> STATEMENT_LOG =
      told(
          "statements are not logged",
          number(DATABASE, "connection_debug", "0").formerly(DEFAULT, "sql_connection_debug"),
          number(API_DATABASE, "connection_debug", "0"),
          bool(DATABASE, "connection_trace", "false").formerly(DEFAULT, "sql_connection_trace"),
          bool(API_DATABASE, "connection_trace", "false"));

  private static final List<Option<?>> DATABASE_BACKEND =
      told(
          "databases are MariaDB or MySQL",
          text(DATABASE, "backend", "sqlalchemy").formerly(DEFAULT, "db_backend"),
          text(API_DATABASE, "backend", "sqlalchemy"));

  private static final List<Option<?>> OTHER_DATABASES =
      silent(
          "neither SQLite nor asyncio is used, and no table is made",
          bool(DATABASE, "sqlite_synchronous", "true").formerly(DEFAULT, "sqlite_synchronous"),
          bool(API_DATABASE, "sqlite_synchronous", "true"),
          bool(DATABASE, "mysql_enable_ndb", "false"),
          bool(API_DATABASE, "mysql_enable_ndb", "false"),
          text(DATABASE, "asyncio_connection").keptSecret(),
          text(API_DATABASE, "asyncio_connection").keptSecret(),
          text(DATABASE, "asyncio_slave_connection").keptSecret(),
          text(API_DATABASE, "asyncio_slave_connection").keptSecret());

  private static final List<Option<?>> STATE_CHANGES =
      told(
          "no instance.update is sent when a guest posts its password",
          text(NOTIFICATIONS, "notify_on_state_change")
              .formerly(DEFAULT, "notify_on_state_change"));

  private static final List<Option<?>> MESSAGES =
      silent(
          lookedAtWith("notify_on_state_change"),
          text(NOTIFICATIONS, "notification_format", "unversioned")
              .formerly(DEFAULT, "notification_format"),
          text(NOTIFICATIONS, "default_level", "INFO")
              .formerly(DEFAULT, "default_notification_level"),
          list(NOTIFICATIONS, "versioned_notifications_topics", "versioned_notifications"),
          bool(NOTIFICATIONS, "bdms_in_notifications", "false"),
          bool(NOTIFICATIONS, "include_share_mapping", "false"),
          repeated(MESSAGING, "driver").formerly(DEFAULT, "notification_driver"),
          text(MESSAGING, "transport_url")
              .formerly(DEFAULT, "notification_transport_url")
              .keptSecret(),
          list(MESSAGING, "topics", "notifications")
              .formerly("rpc_notifier2", "topics")
              .formerly(DEFAULT, "notification_topics"),
          number(MESSAGING, "retry", "-1"),
          text(DEFAULT, "transport_url", "rabbit://").keptSecret(),
          text(DEFAULT, "control_exchange", "nova"));

  private static final List<Option<?>> SERVICE_RECORD =
      silent(
          "it is about the record of the service nova-metadata, which nova's API hides",
          text(DEFAULT, "host"),
          number(DEFAULT, "report_interval", "10"),
          number(DEFAULT, "service_down_time", "60"),
          text(DEFAULT, "servicegroup_driver", "db"),
          bool(DEFAULT, "enable_new_services", "true"));

  private static final List<Option<?>> START_CHECKS =
      silent(
          "the start checks neither computes nor PCI aliases",
          bool("workarounds", "disable_compute_service_check_for_ffu", "false"),
          repeated("pci", "alias").formerly(DEFAULT, "pci_alias"));

  private static final List<Option<?>> REPORTS =
      told(
          "there is no Guru Meditation Report; jcmd PID Thread.print lists what threads do",
          text("oslo_reports", "log_dir"),
          text("oslo_reports", "file_event_handler"));

  private static final List<Option<?>> REPORTS_WAIT =
      silent(
          lookedAtWith("file_event_handler"),
          number("oslo_reports", "file_event_handler_interval", "1"));

  private static final List<Option<?>> DEBUGGERS =
      told(
          "no debugger of Python's can look into this service, the JDK's tools can",
          text(DEFAULT, "backdoor_port"),
          text(DEFAULT, "backdoor_socket"),
          text("remote_debug", "host"));

  private static final List<Option<?>> DEBUGGER_PORT =
      silent(lookedAtWith("[remote_debug] host"), number("remote_debug", "port"));

  private static final List<Option<?>> THREADS =
      silent(
          "it says how a process of Python's runs",
          text(DEFAULT, "concurrency_backend", "auto"),
          number(DEFAULT, "default_thread_pool_size", "10"),
          number(DEFAULT, "cell_worker_thread_pool_size", "5"),
          number(DEFAULT, "thread_pool_statistic_period", "-1"),
          number(DEFAULT, "default_green_pool_size", "1000"),
          number(DEFAULT, "manager_shutdown_timeout", "160"),
          bool(DEFAULT, "run_external_periodic_tasks", "true"),
          bool(DEFAULT, "periodic_enable", "true"),
          number(DEFAULT, "periodic_fuzzy_delay", "60"),
          bool(DEFAULT, "fatal_deprecations", "false"));

  private static final List<Option<?>> OTHER_MANAGERS =
      told(
          "only nova's own has a meaning, nova.api.manager.MetadataManager",
          text(DEFAULT, "metadata_manager", "nova.api.manager.MetadataManager"));

  private static final List<Option<?>> CONFIGURATION_SOURCES =
      told(
          "nova.conf, the command line and the environment are all that is read",
          list(DEFAULT, "config_source", ""));

  private static final List<Option<?>> QUOTA_DRIVERS =
      told(
          "the OpenAPI limits keys by the API database's quotas and metadata_items alone",
          text("quota", "driver", "nova.quota.DbQuotaDriver"));

  private static final List<Option<?>> SERVICE_TOKEN =
      told(
          "Neutron is shown the token of [neutron] and no X-Service-Token beside it",
          bool(SERVICE_USER, "send_service_user_token", "false"));

  private static final List<Option<?>> SERVICE_TOKEN_LOGIN =
      silent(
          lookedAtWith("send_service_user_token"),
          Stream.concat(login(SERVICE_USER), otherLogins(SERVICE_USER)).toArray(Entry<?>[]::new));

  private static final List<Option<?>> OTHER_LOGINS =
      silent(
          "it belongs to an auth_type that is told", otherLogins(NEUTRON).toArray(Entry<?>[]::new));

  private static final List<Option<?>> NEUTRON_CLIENT =
      silent(
          "nova's client of Neutron's does not look at it, or only its log would show it",
          Stream.concat(Stream.of(list(NEUTRON, "retriable_status_codes", "")), clientLog(NEUTRON))
              .toArray(Entry<?>[]::new));

  private static final List<Option<?>> OTHER_WORK =
      silent(
          "it is for work that the metadata service does not do",
          text(NEUTRON, "ovs_bridge", "br-int"),
          text(NEUTRON, "default_floating_pool", "nova"),
          number(NEUTRON, "extension_sync_interval", "600"),
          list(NEUTRON, "physnets", ""),
          bool(DEFAULT, "flat_injected", "false"),
          text(API, "auth_strategy", "keystone"),
          text(
                  API,
                  "config_drive_skip_versions",
                  "1.0 2007-01-19 2007-03-01 2007-08-29 2007-10-10 2007-12-15 2008-02-01"
                      + " 2008-09-01")
              .formerly(DEFAULT, "config_drive_skip_versions"),
          bool("glance", "debug", "false"),
          bool("cinder", "debug", "false"),
          text(DEFAULT, "instance_name_template", "instance-%08x"),
          text(UPGRADE_LEVELS, "baseapi"),
          text(UPGRADE_LEVELS, "cert"),
          text(UPGRADE_LEVELS, "compute"),
          text(UPGRADE_LEVELS, "conductor"),
          text(UPGRADE_LEVELS, "console"),
          text(UPGRADE_LEVELS, "network"),
          text(UPGRADE_LEVELS, "scheduler"));

  private static final List<Option<?>> PROFILING =
      silent(
          "no profiler is in the metadata service's pipeline",
          bool(PROFILER, "enabled", "false"),
          bool(PROFILER, "trace_sqlalchemy", "false"),
          bool(PROFILER, "trace_requests", "false"),
          text(PROFILER, "hmac_keys", "SECRET_KEY").keptSecret(),
          text(PROFILER, "connection_string", "messaging://").keptSecret(),
          text(PROFILER, "es_doc_type", "notification"),
          text(PROFILER, "es_scroll_time", "2m"),
          number(PROFILER, "es_scroll_size", "10000"),
          seconds(PROFILER, "socket_timeout", "0.1"),
          text(PROFILER, "sentinel_service_name", "mymaster"),
          bool(PROFILER, "filter_error_trace", "false"));

  private static final List<Option<?>> OPTIONS =
      Stream.of(
              TLS,
              TLS_FILES,
              DYNAMIC_VENDORDATA,
              DYNAMIC_VENDORDATA_CALLS,
              DYNAMIC_VENDORDATA_AUTH,
              SYSLOG,
              SYSLOG_FACILITY,
              JOURNAL,
              EVENT_LOG,
              LOGGING_CONF,
              LOG_LINES,
              LOG_LEVEL,
              LOG_ROTATION,
              LOG_ROTATION_LIMITS,
              LOG_RATE,
              LOG_RATE_LIMITS,
              ERROR_NOTIFICATIONS,
              LOG_AS_HERE,
              OPTIONS_IN_LOG,
              ACCESS_LOG,
              WSGI_SERVER,
              WSGI_POOL,
              WSGI_SCHEME,
              GRACEFUL_END,
              HEALTH_CHECKS,
              HEALTH_CHECK_FILES,
              HEALTH_READERS,
              HEALTH_ANSWER,
              CROSS_ORIGIN,
              CROSS_ORIGIN_HEADERS,
              SHARED_CACHE,
              SHARED_CACHE_BACKEND,
              READERS,
              READERS_WAIT,
              DATABASE_RETRIES,
              RECONNECTIONS,
              STATEMENT_LOG,
              DATABASE_BACKEND,
              OTHER_DATABASES,
              STATE_CHANGES,
              MESSAGES,
              SERVICE_RECORD,
              START_CHECKS,
              REPORTS,
              REPORTS_WAIT,
              DEBUGGERS,
              DEBUGGER_PORT,
              THREADS,
              OTHER_MANAGERS,
              CONFIGURATION_SOURCES,
              QUOTA_DRIVERS,
              SERVICE_TOKEN,
              SERVICE_TOKEN_LOGIN,
              OTHER_LOGINS,
              NEUTRON_CLIENT,
              OTHER_WORK,
              PROFILING)
          .flatMap(List::stream)
          .toList();

  private Unheeded() {}

  /** All of them, by subject. */
  static List<Option<?>> all() {
    return OPTIONS;
  }

  /**
   * An option before it is said why it is not heeded.
   *
   * @param option the option
   * @param alike the values that are not told, because they change nothing
   */
  private record Entry<T>(Option<T> option, Predicate<T> alike) {

    /** An option that is not told at its default, or at what another release has as default. */
    static <T> Entry<T> of(
        String group, String name, OptionType<T> type, Collection<String> defaults) {
      Default first = Default.of(defaults.stream().findFirst().orElse(""));
      List<T> values = new ArrayList<>();
      values.add(type.parse(first.text().get()));
      defaults.forEach(text -> values.add(type.parse(text)));
      return new Entry<>(Option.of(group, name, type, first, ""), values::contains);
    }

    /** An option as another group has it; told unless at its default. */
    static <T> Entry<T> like(Option<T> option) {
      T standard = option.type().parse(option.defaultValue().text().get());
      return new Entry<>(option, standard::equals);
    }

    Entry<T> formerly(String oldGroup, String oldName) {
      return new Entry<>(option.formerly(oldGroup, oldName), alike);
    }

    Entry<T> keptSecret() {
      return new Entry<>(option.keptSecret(), alike);
    }

    /** Has it told for these values alone. */
    Entry<T> where(Predicate<T> told) {
      return new Entry<>(option, told.negate());
    }

    Option<T> told(String reason) {
      return silent(reason).toldWhere(alike.negate(), "is not heeded: " + reason);
    }

    Option<T> silent(String reason) {
      return new Option<>(
          option.fullName(),
          option.type(),
          option.defaultValue(),
          reason,
          option.deprecatedNames(),
          option.secret(),
          Optional.empty());
    }
  }

  private static List<Option<?>> told(String reason, Entry<?>... entries) {
    return Stream.of(entries).<Option<?>>map(entry -> entry.told(reason)).toList();
  }

  private static List<Option<?>> silent(String reason, Entry<?>... entries) {
    return Stream.of(entries).<Option<?>>map(entry -> entry.silent(reason)).toList();
  }

  private static String lookedAtWith(String option) {
    return "only looked at with " + option + ", which is told";
  }

  private static Entry<Optional<String>> text(String group, String name) {
    return Entry.of(group, name, OptionType.optional(OptionType.text()), List.of());
  }

  private static Entry<String> text(String group, String name, String... defaults) {
    return Entry.of(group, name, OptionType.text(), List.of(defaults));
  }

  /** A word of which small and capital letters mean the same. */
  private static Entry<String> word(String group, String name, String standard) {
    return Entry.of(
        group,
        name,
        OptionType.parsed("a word", text -> text.toLowerCase(Locale.ROOT)),
        List.of(standard));
  }

  private static Entry<Boolean> bool(String group, String name, String standard) {
    return Entry.of(group, name, OptionType.bool(), List.of(standard));
  }

  private static Entry<Optional<Integer>> number(String group, String name) {
    return Entry.of(group, name, OptionType.optional(OptionType.integer()), List.of());
  }

  private static Entry<Integer> number(String group, String name, String... defaults) {
    return Entry.of(group, name, OptionType.integer(), List.of(defaults));
  }

  private static Entry<Duration> seconds(String group, String name, String... defaults) {
    return Entry.of(group, name, OptionType.seconds(), List.of(defaults));
  }

  private static Entry<List<String>> list(String group, String name, String... defaults) {
    return Entry.of(group, name, OptionType.list(OptionType.text()), List.of(defaults));
  }

  private static Entry<List<String>> repeated(String group, String name) {
    return Entry.of(group, name, OptionType.repeated(OptionType.text()), List.of());
  }

  /** What keystoneauth reads in a group that says who logs in. */
  private static Stream<Entry<?>> login(String group) {
    ServiceOptions options = new ServiceOptions(group, "");
    Stream<Entry<?>> asked =
        Stream.of(List.<Option<?>>of(options.authSection), options.login(), options.session())
            .flatMap(List::stream)
            .map(Entry::like);
    return Stream.concat(asked, clientLog(group));
  }

  private static Stream<Entry<?>> clientLog(String group) {
    return Stream.of("collect_timing", "split_loggers").map(name -> bool(group, name, "false"));
  }

  /**
   * What plugins of keystoneauth read that cannot log in here ({@code
   * keystoneauth1/loading/_plugins} and {@code keystoneauth1/extras}).
   */
  private static Stream<Entry<?>> otherLogins(String group) {
    Stream<Entry<?>> shown =
        Stream.of(
                "access_token_endpoint",
                "access_token_type",
                "auth_methods",
                "client_id",
                "code_challenge_method",
                "device_authorization_endpoint",
                "discovery_endpoint",
                "identity_provider",
                "identity_provider_url",
                "mutual_auth",
                "oauth2_client_id",
                "oauth2_endpoint",
                "openid_scope",
                "protocol",
                "redirect_uri",
                "scope",
                "service_provider_endpoint",
                "service_provider_entity_id")
            .map(name -> text(group, name));
    Stream<Entry<?>> secret =
        Stream.of(
                "access_key",
                "access_secret",
                "access_token",
                "client_secret",
                "code",
                "consumer_key",
                "consumer_secret",
                "idp_otp_key",
                "oauth2_client_secret",
                "passcode")
            .map(name -> text(group, name).keptSecret());
    return Stream.concat(shown, secret);
  }
}
