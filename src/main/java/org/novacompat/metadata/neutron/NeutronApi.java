// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/**
 * Neutron's networking API, version 2.0, as far as it is used here. A list as a filter means any of
 * its members; an empty one, or a null, leaves the filter out. Public because the client is a proxy
 * of it.
 */
@Path("/v2.0")
@Produces(MediaType.APPLICATION_JSON)
public interface NeutronApi {
  /** The header that shows a token. */
  String TOKEN = "X-Auth-Token";

  /**
   * Lists the ports of some devices.
   *
   * @param token the token
   * @param devices the devices' ids
   * @param fields what to tell of each port
   * @param marker the last port of the page before; null for the first page
   * @return a page of ports
   */
  @GET
  @Path("/ports")
  PortPage portsOfDevices(
      @HeaderParam(TOKEN) String token,
      @QueryParam("device_id") List<String> devices,
      @QueryParam("fields") List<String> fields,
      @QueryParam("marker") String marker);

  /**
   * Lists the ports with a fixed address.
   *
   * @param token the token
   * @param fixedIp {@code ip_address=} and the address
   * @param networks the networks' ids; none for any network
   * @param fields what to tell of each port
   * @param marker the last port of the page before; null for the first page
   * @return a page of ports
   */
  @GET
  @Path("/ports")
  PortPage portsWithAddress(
      @HeaderParam(TOKEN) String token,
      @QueryParam("fixed_ips") String fixedIp,
      @QueryParam("network_id") List<String> networks,
      @QueryParam("fields") List<String> fields,
      @QueryParam("marker") String marker);

  /**
   * Lists security groups.
   *
   * @param token the token
   * @param ids the groups' ids
   * @param fields what to tell of each group
   * @param marker the last group of the page before; null for the first page
   * @return a page of groups
   */
  @GET
  @Path("/security-groups")
  SecurityGroupPage securityGroups(
      @HeaderParam(TOKEN) String token,
      @QueryParam("id") List<String> ids,
      @QueryParam("fields") List<String> fields,
      @QueryParam("marker") String marker);

  /**
   * Lists the subnets that a metadata provider serves.
   *
   * @param token the token
   * @param provider the provider's id
   * @param fields what to tell of each subnet
   * @param marker the last subnet of the page before; null for the first page
   * @return a page of subnets
   */
  @GET
  @Path("/subnets")
  SubnetPage subnetsOfProvider(
      @HeaderParam(TOKEN) String token,
      @QueryParam("advanced_service_providers") String provider,
      @QueryParam("fields") List<String> fields,
      @QueryParam("marker") String marker);
}
