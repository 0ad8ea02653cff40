// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import jakarta.ws.rs.core.Application;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.servers.Server;
import org.eclipse.microprofile.openapi.annotations.servers.ServerVariable;

/**
 * The application as Jakarta REST wants one, for what the OpenAPI document says of the whole; and
 * the shapes of bodies, which the document is made from and nothing else.
 */
@OpenAPIDefinition(
    info =
        @Info(
            title = "eSurfing Cloud custom metadata",
            version = "4",
            description =
                """
                Manages the custom metadata of instances, which guests read at \
                http://169.254.169.254/spec-meta-data.

                Every call is signed. A call that is let in and understood is answered with HTTP \
                200; statusCode in the answer says whether it succeeded (800) or failed (900). \
                docs/openapi.md tells how to sign, and all error codes.""",
            license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
    servers =
        @Server(
            url = "https://{address}:{port}",
            variables = {
              @ServerVariable(
                  name = "address",
                  defaultValue = "127.0.0.1",
                  description = "[esurfing] openapi_listen"),
              @ServerVariable(
                  name = "port",
                  defaultValue = "8743",
                  description = "[esurfing] openapi_listen_port")
            }),
    security = @SecurityRequirement(name = "signature"))
@SecurityScheme(
    securitySchemeName = "signature",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    apiKeyName = "Eop-Authorization",
    description =
        "AK Headers=ctyun-eop-request-id;eop-date Signature=BASE64, beside the headers"
            + " ctyun-eop-request-id (new for each call, such as a UUID) and Eop-date"
            + " (yyyyMMdd'T'HHmmss'Z').")
public final class ApiDescription extends Application {
  private static final String INSTANCE = "c44de03e-300b-7237-1827-b51aeaff3ccd";
  private static final String METADATA_EXAMPLE = "{\"test1\": \"123\", \"test2\": \"abc\"}";

  ApiDescription() {}

  /**
   * The body of create.
   *
   * @param regionID the region
   * @param azName the zone
   * @param instanceID the instance
   * @param metadata what to set
   */
  @Schema(name = "CreateCall", additionalProperties = Schema.False.class)
  record CreateCall(
      @Schema(required = true, description = "The region.") String regionID,
      @Schema(description = "The availability zone that the instance must be in.") String azName,
      @Schema(required = true, format = "uuid", examples = INSTANCE) String instanceID,
      @Schema(
              required = true,
              type = SchemaType.OBJECT,
              minProperties = 1,
              description = "Any JSON by key, the key being 1 to 255 characters long.",
              examples = METADATA_EXAMPLE)
          Map<String, Object> metadata) {}

  /**
   * The body of update.
   *
   * @param regionID the region
   * @param azName the zone
   * @param instanceID the instance
   * @param isForce whether all else goes
   * @param metadata what to set
   */
  @Schema(name = "UpdateCall", additionalProperties = Schema.False.class)
  record UpdateCall(
      @Schema(required = true, description = "The region.") String regionID,
      @Schema(description = "The availability zone that the instance must be in.") String azName,
      @Schema(required = true, format = "uuid", examples = INSTANCE) String instanceID,
      @Schema(defaultValue = "false", description = "Whether all other keys go.") Boolean isForce,
      @Schema(
              required = true,
              type = SchemaType.OBJECT,
              description = "Any JSON by key, the key being 1 to 255 characters long.",
              examples = METADATA_EXAMPLE)
          Map<String, Object> metadata) {}

  /**
   * The body of delete.
   *
   * @param regionID the region
   * @param azName the zone
   * @param instanceID the instance
   */
  @Schema(name = "DeleteCall", additionalProperties = Schema.False.class)
  record DeleteCall(
      @Schema(required = true, description = "The region.") String regionID,
      @Schema(description = "The availability zone that the instance must be in.") String azName,
      @Schema(required = true, format = "uuid", examples = INSTANCE) String instanceID) {}

  /**
   * The answer to create and update.
   *
   * @param returnObj what is there now
   * @param details always empty
   * @param message SUCCESS
   * @param description a sentence
   * @param statusCode 800
   */
  @Schema(name = "Changed")
  record Changed(
      InstanceMetadata returnObj,
      String details,
      @Schema(examples = "SUCCESS") String message,
      @Schema(examples = "Successful") String description,
      @Schema(examples = "800") int statusCode) {}

  /**
   * The answer to delete.
   *
   * @param returnObj the instance
   * @param details always empty
   * @param message SUCCESS
   * @param description a sentence
   * @param statusCode 800
   */
  @Schema(name = "Removed")
  record Removed(
      InstanceName returnObj,
      String details,
      @Schema(examples = "SUCCESS") String message,
      @Schema(examples = "Successful") String description,
      @Schema(examples = "800") int statusCode) {}

  /**
   * The answer to details.
   *
   * @param returnObj what is there
   * @param message SUCCESS
   * @param description a sentence
   * @param statusCode 800
   */
  @Schema(name = "Details")
  record Details(
      Metadata returnObj,
      @Schema(examples = "SUCCESS") String message,
      @Schema(examples = "Successful") String description,
      @Schema(examples = "800") int statusCode) {}

  /**
   * The answer to a call that fails.
   *
   * @param errorCode the code
   * @param error the code once more
   * @param message what about this call
   * @param description what the code means
   * @param statusCode 900
   */
  @Schema(name = "Failed")
  record Failed(
      @Schema(examples = "Ecs.Instance.NotFound") String errorCode,
      @Schema(description = "The same as errorCode.") String error,
      String message,
      String description,
      @Schema(examples = "900") int statusCode) {}

  /**
   * An instance and its metadata.
   *
   * @param instanceID the instance
   * @param metadata all of its custom metadata
   */
  @Schema(name = "InstanceMetadata")
  record InstanceMetadata(
      @Schema(format = "uuid", examples = INSTANCE) String instanceID,
      @Schema(type = SchemaType.OBJECT, examples = METADATA_EXAMPLE)
          Map<String, Object> metadata) {}

  /**
   * An instance.
   *
   * @param instanceID the instance
   */
  @Schema(name = "InstanceName")
  record InstanceName(@Schema(format = "uuid", examples = INSTANCE) String instanceID) {}

  /**
   * Metadata without its instance.
   *
   * @param metadata custom metadata
   */
  @Schema(name = "Metadata")
  record Metadata(
      @Schema(type = SchemaType.OBJECT, examples = METADATA_EXAMPLE)
          Map<String, Object> metadata) {}
}
