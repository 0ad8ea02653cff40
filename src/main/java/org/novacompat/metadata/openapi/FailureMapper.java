// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.novacompat.metadata.log.RateLimitedLog;

/** Whatever goes wrong with a call, in the one shape that callers know, and in our words. */
final class FailureMapper implements ExceptionMapper<Throwable> {
  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(FailureMapper.class.getName()));

  /** What to tell who calls by another method. */
  static final String METHODS = "create, update and delete are called with POST, details with GET.";

  @Override
  public Response toResponse(Throwable problem) {
    Answer answer = answer(problem);
    return Response.status(answer.status()).type(Answer.CONTENT_TYPE).entity(answer.body()).build();
  }

  private static Answer answer(Throwable problem) {
    if (problem instanceof RefusedException refused) {
      return Answer.failed(refused.failure(), refused.getMessage());
    }
    if (problem instanceof NotFoundException) {
      return Answer.failed(
          Failure.REQUEST_NOT_FOUND,
          "There is no such path; the calls are create, update, delete and details of"
              + " /v4/ecs/metadata.");
    }
    if (problem instanceof NotAllowedException) {
      return Answer.failed(Failure.REQUEST_METHOD_NOT_ALLOWED, METHODS);
    }
    if (problem instanceof NotSupportedException) {
      return Answer.failed(
          Failure.REQUEST_UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json.");
    }
    if (problem instanceof ClientErrorException) {
      return Answer.failed(Failure.REQUEST_MALFORMED);
    }
    LIMITED_LOG.log(System.Logger.Level.ERROR, "OpenAPI: a call cannot be answered", problem);
    return Answer.failed(Failure.SERVICE_INTERNAL_ERROR);
  }
}
