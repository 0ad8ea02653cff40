// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What a caller gets: the vendor's envelope around a result or a failure, fields in the vendor's
 * order.
 *
 * @param status the HTTP status
 * @param body the JSON text, in UTF-8
 */
record Answer(int status, byte[] body) {
  static final String CONTENT_TYPE = "application/json";

  private static final JsonFactory JSON = new JsonFactory();
  private static final int HTTP_OK = 200;
  private static final int SUCCESS = 800;
  private static final int FAILURE = 900;

  /** Writes a part of the answer. */
  private interface Part {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * The answer to a change.
   *
   * @param instance the instance's UUID
   * @param metadata all of its custom metadata now, JSON texts by key
   */
  static Answer changed(String instance, Map<String, String> metadata) {
    return of(
        HTTP_OK,
        json -> {
          json.writeObjectFieldStart("returnObj");
          json.writeStringField("instanceID", instance);
          write(json, metadata);
          json.writeEndObject();
          json.writeStringField("details", "");
          success(json);
        });
  }

  /** The answer to the removal of all that there was. */
  static Answer removed(String instance) {
    return of(
        HTTP_OK,
        json -> {
          json.writeObjectFieldStart("returnObj");
          json.writeStringField("instanceID", instance);
          json.writeEndObject();
          json.writeStringField("details", "");
          success(json);
        });
  }

  /** The answer to a question. */
  static Answer details(Map<String, String> metadata) {
    return of(
        HTTP_OK,
        json -> {
          json.writeObjectFieldStart("returnObj");
          write(json, metadata);
          json.writeEndObject();
          success(json);
        });
  }

  /**
   * The answer to a call that fails.
   *
   * @param failure how
   * @param message what about this very call
   */
  static Answer failed(Failure failure, String message) {
    return of(
        failure.status(),
        json -> {
          json.writeStringField("errorCode", failure.code());
          json.writeStringField("error", failure.code());
          json.writeStringField("message", message);
          json.writeStringField("description", failure.description());
          json.writeNumberField("statusCode", FAILURE);
        });
  }

  static Answer failed(Failure failure) {
    return failed(failure, failure.description());
  }

  private static void success(JsonGenerator json) throws IOException {
    json.writeStringField("message", "SUCCESS");
    json.writeStringField("description", "Successful");
    json.writeNumberField("statusCode", SUCCESS);
  }

  private static void write(JsonGenerator json, Map<String, String> metadata) throws IOException {
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> item : metadata.entrySet()) {
      json.writeFieldName(item.getKey());
      json.writeRawValue(item.getValue());
    }
    json.writeEndObject();
  }

  private static Answer of(int status, Part fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text of ours is no JSON", e);
    }
    return new Answer(status, bytes.toByteArray());
  }
}
