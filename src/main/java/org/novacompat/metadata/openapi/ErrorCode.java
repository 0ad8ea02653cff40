// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import org.novacompat.metadata.instance.CustomMetadataRefusedException;

/**
 * Every way in which a call can fail, by its code of three parts ({@code Product.Module.Code}).
 * {@code docs/openapi.md} lists them.
 *
 * <p>A call that is let in and understood is answered with HTTP 200, whatever comes of it, as the
 * vendor does; what does not get so far has HTTP's own status.
 */
enum ErrorCode {
  SIGNATURE_MISSING("Openapi.Signature.Missing", 401, "The call is not signed."),
  SIGNATURE_MALFORMED(
      "Openapi.Signature.Malformed", 401, "A header of the signature is not of its form."),
  SIGNATURE_INVALID("Openapi.Signature.Invalid", 401, "The signature is wrong."),
  SIGNATURE_EXPIRED("Openapi.Signature.Expired", 401, "The call is not of now."),
  SIGNATURE_REPLAYED("Openapi.Signature.Replayed", 401, "The call was made before."),
  SIGNATURE_TOO_MANY_FAILURES(
      "Openapi.Signature.TooManyFailures", 429, "Too many calls were not signed right."),

  REQUEST_MALFORMED("Openapi.Request.Malformed", 400, "The request is no HTTP."),
  REQUEST_NOT_FOUND("Openapi.Request.NotFound", 404, "There is no such call."),
  REQUEST_METHOD_NOT_ALLOWED(
      "Openapi.Request.MethodNotAllowed", 405, "The call is made by another method."),
  REQUEST_TOO_LARGE("Openapi.Request.TooLarge", 413, "The body is too large."),
  REQUEST_UNSUPPORTED_MEDIA_TYPE(
      "Openapi.Request.UnsupportedMediaType", 415, "The body is not JSON."),
  REQUEST_TOO_MANY("Openapi.Request.TooMany", 429, "Too many calls."),

  PARAMETER_MALFORMED(
      "Openapi.Parameter.Malformed", 200, "The body is no JSON object that can be taken."),
  PARAMETER_MISSING("Openapi.Parameter.Missing", 200, "A parameter is missing."),
  PARAMETER_UNKNOWN("Openapi.Parameter.Unknown", 200, "There is no such parameter."),
  PARAMETER_INVALID("Openapi.Parameter.Invalid", 200, "A parameter is not as it must be."),

  REGION_NOT_FOUND("Ecs.Region.NotFound", 200, "The region is not served here."),
  INSTANCE_NOT_FOUND("Ecs.Instance.NotFound", 200, "There is no such instance."),
  INSTANCE_OTHER_ZONE("Ecs.Instance.OtherZone", 200, "The instance is in another zone."),
  INSTANCE_WRONG_STATE("Ecs.Instance.WrongState", 200, "The instance is in no state for it."),
  METADATA_KEY_NOT_FOUND("Ecs.Metadata.KeyNotFound", 200, "There is no such key."),
  METADATA_KEY_INVALID("Ecs.Metadata.KeyInvalid", 200, "A key is not allowed."),
  METADATA_TOO_MANY_KEYS("Ecs.Metadata.TooManyKeys", 200, "There would be too many keys."),
  METADATA_VALUE_TOO_LONG("Ecs.Metadata.ValueTooLong", 200, "A value is too long."),
  METADATA_VALUE_NOT_SUPPORTED(
      "Ecs.Metadata.ValueNotSupported", 200, "Such a value cannot be kept here."),

  SERVICE_INTERNAL_ERROR("Openapi.Service.InternalError", 500, "The service is at fault."),
  SERVICE_UNAVAILABLE("Openapi.Service.Unavailable", 503, "The service cannot answer now.");

  private final String code;
  private final int status;
  private final String description;

  ErrorCode(String code, int status, String description) {
    this.code = code;
    this.status = status;
    this.description = description;
  }

  static ErrorCode of(CustomMetadataRefusedException.Reason reason) {
    return switch (reason) {
      case NO_SUCH_INSTANCE -> INSTANCE_NOT_FOUND;
      case OTHER_ZONE -> INSTANCE_OTHER_ZONE;
      case WRONG_STATE -> INSTANCE_WRONG_STATE;
      case TOO_MANY_KEYS -> METADATA_TOO_MANY_KEYS;
      case BAD_KEY -> METADATA_KEY_INVALID;
      case VALUE_TOO_LONG -> METADATA_VALUE_TOO_LONG;
      case NO_TABLE -> METADATA_VALUE_NOT_SUPPORTED;
    };
  }

  /** The code of three parts. */
  String code() {
    return code;
  }

  /** The HTTP status that the answer has. */
  int status() {
    return status;
  }

  /** What it means, in a sentence that is the same each time. */
  String description() {
    return description;
  }

  /**
   * Whether it counts towards the limit of calls that are not signed right. A body that is too
   * large, breaks off or takes too long does: until it is read, any stranger may have sent it. What
   * is seen before the body is read, such as a wrong clock, costs nothing and does not.
   */
  boolean countsAsUnsigned() {
    return this == SIGNATURE_INVALID || this == REQUEST_TOO_LARGE || this == REQUEST_MALFORMED;
  }
}
