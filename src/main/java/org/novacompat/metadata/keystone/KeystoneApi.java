// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Keystone's identity API, version 3, as far as it is used here. Public because the client is a
 * proxy of it.
 */
@Path("/auth/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface KeystoneApi {
  /**
   * Issues a token.
   *
   * @param login who asks, and for what
   * @return the token in the header {@code X-Subject-Token}, and what it is good for as JSON
   */
  @POST
  Response issue(JsonNode login);
}
