// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer of the OpenAPI: the vendor's envelope around a result or an error, fields in the
 * vendor's order.
 *
 * @param status the HTTP status
 * @param body the JSON text, in UTF-8
 */
record JsonAnswer(int status, byte[] body) {
  static final String CONTENT_TYPE = "application/json";

  private static final int SUCCESS = 800;
  private static final int FAILURE = 900;

  /**
   * The answer to a change.
   *
   * @param instance the instance's UUID
   * @param metadata all of its custom metadata after the change, JSON texts by key
   */
  static JsonAnswer changed(String instance, Map<String, String> metadata) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    addMetadata(answer.putObject("returnObj").put("instanceID", instance), metadata);
    return success(answer.put("details", ""));
  }

  /** The answer to the removal of all custom metadata. */
  static JsonAnswer removed(String instance) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("returnObj").put("instanceID", instance);
    return success(answer.put("details", ""));
  }

  /** The answer to a query. */
  static JsonAnswer details(Map<String, String> metadata) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    addMetadata(answer.putObject("returnObj"), metadata);
    return success(answer);
  }

  /**
   * The answer to a call that fails.
   *
   * @param error the kind of error
   * @param message a sentence about this call
   */
  static JsonAnswer failed(ErrorCode error, String message) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("errorCode", error.code()).put("error", error.code()).put("message", message);
    answer.put("description", error.description()).put("statusCode", FAILURE);
    return of(error.status(), answer);
  }

  static JsonAnswer failed(ErrorCode error) {
    return failed(error, error.description());
  }

  private static JsonAnswer success(ObjectNode answer) {
    answer.put("message", "SUCCESS").put("description", "Successful").put("statusCode", SUCCESS);
    return of(HttpServletResponse.SC_OK, answer);
  }

  private static void addMetadata(ObjectNode to, Map<String, String> metadata) {
    ObjectNode values = to.putObject("metadata");
    metadata.forEach((key, json) -> values.putRawValue(key, new RawValue(json)));
  }

  private static JsonAnswer of(int status, ObjectNode answer) {
    return new JsonAnswer(status, answer.toString().getBytes(StandardCharsets.UTF_8));
  }
}
