// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;

/**
 * The four calls on the custom metadata of an instance, in the vendor's names and shapes ({@code
 * /v4/ecs/metadata}).
 */
@Path("/v4/ecs/metadata")
@APIResponse(
    responseCode = "default",
    description = "The call was not let in or not understood.",
    content =
        @Content(
            mediaType = Answer.CONTENT_TYPE,
            schema = @Schema(implementation = ApiDescription.Failed.class)))
@Tag(name = "Custom metadata", description = "What a guest finds at /spec-meta-data.")
public final class CustomMetadataResource {
  private static final System.Logger LOG = System.getLogger(CustomMetadataResource.class.getName());

  private final RateLimitedLog limitedLog = new RateLimitedLog(LOG);
  private final String region;
  private final CustomMetadata store;
  private final Consumer<String> changed;

  /**
   * Serves the calls.
   *
   * @param region the region that callers must name
   * @param store where custom metadata is kept
   * @param changed told the UUID of each instance whose metadata may have changed
   */
  CustomMetadataResource(String region, CustomMetadata store, Consumer<String> changed) {
    this.region = region;
    this.store = store;
    this.changed = changed;
  }

  /** A call of the store. */
  private interface Step {
    Map<String, String> take(CustomMetadataTarget target)
        throws CustomMetadataRefusedException, StoreUnavailableException;
  }

  /**
   * Sets keys.
   *
   * @param request the request
   * @param body the call
   * @return all that is there now
   * @throws RefusedException when it cannot be done
   */
  @POST
  @Path("create")
  @Consumes(Answer.CONTENT_TYPE)
  @Operation(
      operationId = "createMetadata",
      summary = "Set keys",
      description = "Sets these keys, whether they are there or not, and leaves all others.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = Answer.CONTENT_TYPE,
              schema = @Schema(implementation = ApiDescription.CreateCall.class)))
  @APIResponse(
      responseCode = "200",
      description = "What is there now; or, with statusCode 900, why it failed.",
      content =
          @Content(
              mediaType = Answer.CONTENT_TYPE,
              schema =
                  @Schema(oneOf = {ApiDescription.Changed.class, ApiDescription.Failed.class})))
  public Response create(@Parameter(hidden = true) @Context HttpServletRequest request, byte[] body)
      throws RefusedException {
    JsonObject sent = parameters(request, body);
    CustomMetadataCall call = CustomMetadataCall.of(sent, List.of(CustomMetadataCall.METADATA));
    Map<String, String> metadata = metadata(sent);
    requireSome(metadata);
    Map<String, String> now =
        change("create", request, call, target -> store.merge(target, metadata));
    return respond(Answer.changed(call.instance(), now));
  }

  /**
   * Sets keys, or replaces all that is there.
   *
   * @param request the request
   * @param body the call
   * @return all that is there now
   * @throws RefusedException when it cannot be done
   */
  @POST
  @Path("update")
  @Consumes(Answer.CONTENT_TYPE)
  @Operation(
      operationId = "updateMetadata",
      summary = "Set keys, or replace all",
      description =
          "Sets these keys and leaves all others; with isForce, removes all others. With isForce,"
              + " metadata may have no key.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = Answer.CONTENT_TYPE,
              schema = @Schema(implementation = ApiDescription.UpdateCall.class)))
  @APIResponse(
      responseCode = "200",
      description = "What is there now; or, with statusCode 900, why it failed.",
      content =
          @Content(
              mediaType = Answer.CONTENT_TYPE,
              schema =
                  @Schema(oneOf = {ApiDescription.Changed.class, ApiDescription.Failed.class})))
  public Response update(@Parameter(hidden = true) @Context HttpServletRequest request, byte[] body)
      throws RefusedException {
    JsonObject sent = parameters(request, body);
    CustomMetadataCall call =
        CustomMetadataCall.of(sent, List.of(CustomMetadataCall.METADATA, CustomMetadataCall.FORCE));
    Map<String, String> metadata = metadata(sent);
    boolean force = sent.bool(CustomMetadataCall.FORCE).orElse(false);
    if (!force) {
      requireSome(metadata);
    }
    Map<String, String> now =
        change(
            force ? "replacement" : "update",
            request,
            call,
            target -> force ? store.replace(target, metadata) : store.merge(target, metadata));
    return respond(Answer.changed(call.instance(), now));
  }

  /**
   * Removes all that is there.
   *
   * @param request the request
   * @param body the call
   * @return the instance
   * @throws RefusedException when it cannot be done
   */
  @POST
  @Path("delete")
  @Consumes(Answer.CONTENT_TYPE)
  @Operation(
      operationId = "deleteMetadata",
      summary = "Remove all",
      description = "Removes all custom metadata of the instance.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = Answer.CONTENT_TYPE,
              schema = @Schema(implementation = ApiDescription.DeleteCall.class)))
  @APIResponse(
      responseCode = "200",
      description = "The instance; or, with statusCode 900, why it failed.",
      content =
          @Content(
              mediaType = Answer.CONTENT_TYPE,
              schema =
                  @Schema(oneOf = {ApiDescription.Removed.class, ApiDescription.Failed.class})))
  public Response delete(@Parameter(hidden = true) @Context HttpServletRequest request, byte[] body)
      throws RefusedException {
    CustomMetadataCall call = CustomMetadataCall.of(parameters(request, body), List.of());
    change("delete", request, call, target -> store.replace(target, Map.of()));
    return respond(Answer.removed(call.instance()));
  }

  /**
   * Shows what is there.
   *
   * @param request the request
   * @param uri where the parameters are
   * @return all that is there, or the one key that is asked for
   * @throws RefusedException when it cannot be done
   */
  @GET
  @Path("details")
  @Operation(
      operationId = "metadataDetails",
      summary = "Show what is there",
      description = "Shows all custom metadata of the instance, or one key of it.")
  @Parameter(
      name = CustomMetadataCall.REGION,
      in = ParameterIn.QUERY,
      required = true,
      description = "The region.",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = CustomMetadataCall.ZONE,
      in = ParameterIn.QUERY,
      description = "The availability zone that the instance must be in.",
      schema = @Schema(implementation = String.class))
  @Parameter(
      name = CustomMetadataCall.INSTANCE,
      in = ParameterIn.QUERY,
      required = true,
      description = "The instance.",
      schema = @Schema(implementation = String.class, format = "uuid"))
  @Parameter(
      name = CustomMetadataCall.KEY,
      in = ParameterIn.QUERY,
      description = "The one key to show.",
      schema = @Schema(implementation = String.class))
  @APIResponse(
      responseCode = "200",
      description = "What is there; or, with statusCode 900, why it failed.",
      content =
          @Content(
              mediaType = Answer.CONTENT_TYPE,
              schema =
                  @Schema(oneOf = {ApiDescription.Details.class, ApiDescription.Failed.class})))
  public Response details(
      @Parameter(hidden = true) @Context HttpServletRequest request, @Context UriInfo uri)
      throws RefusedException {
    Map<String, List<String>> query = uri.getQueryParameters();
    CustomMetadataCall call = CustomMetadataCall.of(query, List.of(CustomMetadataCall.KEY));
    Optional<String> key = CustomMetadataCall.only(query, CustomMetadataCall.KEY);
    Map<String, String> all = take(store::read, request, call);
    return respond(Answer.details(key.isEmpty() ? all : one(all, key.get())));
  }

  private static JsonObject parameters(HttpServletRequest request, byte[] body)
      throws RefusedException {
    if (request.getQueryString() != null) {
      throw new RefusedException(
          Failure.PARAMETER_UNKNOWN, "This call takes no query; its parameters are in the body.");
    }
    return JsonObject.parse(body);
  }

  private Map<String, String> change(
      String name, HttpServletRequest request, CustomMetadataCall call, Step step)
      throws RefusedException {
    boolean untouched = false;
    try {
      Map<String, String> now = take(step, request, call);
      audit(name, request, call);
      return now;
    } catch (RefusedException e) {
      untouched = e.failure() != Failure.SERVICE_UNAVAILABLE;
      throw e;
    } finally {
      if (!untouched) {
        changed.accept(call.instance());
      }
    }
  }

  private Map<String, String> take(Step step, HttpServletRequest request, CustomMetadataCall call)
      throws RefusedException {
    requireOurs(call);
    try {
      return step.take(call.target(caller(request).key().projects()));
    } catch (CustomMetadataRefusedException e) {
      throw new RefusedException(Failure.of(e.reason()), e.getMessage());
    } catch (StoreUnavailableException e) {
      limitedLog.log(
          System.Logger.Level.ERROR, "OpenAPI: 503 for " + call.instance() + ": " + e.getMessage());
      throw new RefusedException(
          Failure.SERVICE_UNAVAILABLE, "The database cannot be asked now. Try again later.");
    }
  }

  private static void audit(String name, HttpServletRequest request, CustomMetadataCall call) {
    VerifiedCall caller = caller(request);
    LOG.log(
        System.Logger.Level.INFO,
        "OpenAPI: {0} of the custom metadata of instance {1}, call {2}, access key {3}",
        name,
        call.instance(),
        caller.id(),
        caller.key().id());
  }

  private void requireOurs(CustomMetadataCall call) throws RefusedException {
    if (!call.region().equals(region)) {
      throw new RefusedException(Failure.REGION_NOT_FOUND, "regionID is not the region served.");
    }
  }

  private static Map<String, String> metadata(JsonObject body) throws RefusedException {
    return body.object(CustomMetadataCall.METADATA)
        .orElseThrow(() -> CustomMetadataCall.missing(CustomMetadataCall.METADATA))
        .members();
  }

  private static void requireSome(Map<String, String> metadata) throws RefusedException {
    if (metadata.isEmpty()) {
      throw new RefusedException(Failure.PARAMETER_INVALID, "metadata has no key.");
    }
  }

  private static Map<String, String> one(Map<String, String> all, String key)
      throws RefusedException {
    String value = all.get(key);
    if (value == null) {
      throw new RefusedException(
          Failure.METADATA_KEY_NOT_FOUND, "The instance's custom metadata has no such key.");
    }
    return Map.of(key, value);
  }

  private static VerifiedCall caller(HttpServletRequest request) {
    return (VerifiedCall) request.getAttribute(VerifiedRequest.CALL);
  }

  private static Response respond(Answer answer) {
    return Response.status(answer.status()).type(Answer.CONTENT_TYPE).entity(answer.body()).build();
  }
}
