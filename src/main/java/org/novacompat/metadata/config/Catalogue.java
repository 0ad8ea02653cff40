// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.stream.Stream;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;

/**
 * Every option of nova.conf that this service heeds, by subject ({@code nova/conf/*.py}, {@code
 * oslo_db/options.py}, {@code oslo_log/_options.py}). Names, defaults and ranges are nova's;
 * deprecated names are those that a release since Train accepts or accepted. The groups {@code
 * nova_compat} and {@code esurfing} are this project's own.
 */
public final class Catalogue {
  /** {@code [DEFAULT]} */
  public static final DefaultOptions DEFAULT = new DefaultOptions();

  /** {@code [api]} */
  public static final ApiOptions API = new ApiOptions();

  /** {@code [wsgi]}, {@code [oslo_middleware]} and {@code [healthcheck]} */
  public static final WsgiOptions WSGI = new WsgiOptions();

  /** {@code [api_database]} */
  public static final DatabaseOptions API_DATABASE = DatabaseOptions.ofApi();

  /** {@code [database]} */
  public static final DatabaseOptions DATABASE = DatabaseOptions.ofCells();

  /** {@code [neutron]} */
  public static final NeutronOptions NEUTRON = new NeutronOptions();

  /** {@code [nova_compat]} */
  public static final NovaCompatOptions NOVA_COMPAT = new NovaCompatOptions();

  /** {@code [nova_compat] admin_…}: the endpoint for operators */
  public static final TlsEndpointOptions ADMIN =
      new TlsEndpointOptions(
          "nova_compat",
          "admin",
          "the document that describes the OpenAPI",
          "",
          "When unset, there is no such endpoint.");

  /** {@code [esurfing]} and {@code [quota]} */
  public static final EsurfingOptions ESURFING = new EsurfingOptions();

  /** {@code [esurfing] openapi_…}: the endpoint of the OpenAPI */
  public static final TlsEndpointOptions OPENAPI =
      new TlsEndpointOptions("esurfing", "openapi", "the OpenAPI", "8743", "");

  private static final List<Option<?>> ALL =
      Stream.of(
              DEFAULT,
              API,
              WSGI,
              API_DATABASE,
              DATABASE,
              NEUTRON,
              NOVA_COMPAT,
              ADMIN,
              ESURFING,
              OPENAPI)
          .map(OptionGroup::options)
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** All options, in the order in which the sample file shows them. */
  public static List<Option<?>> all() {
    return ALL;
  }
}
