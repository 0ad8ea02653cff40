// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.signature.AccessKey;

/**
 * The OpenAPI endpoint: verifies each call, answers it, and limits how many it answers at a time.
 * It has no mapping: the filter that tells endpoints apart calls it.
 */
public final class OpenApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(OpenApiServlet.class.getName()));

  private final transient Verification verification;
  private final transient CustomMetadataCalls calls;
  private final transient Semaphore free;

  /**
   * Serves the calls.
   *
   * @param settings the limits for callers
   * @param keys finds access keys by their ids
   * @param ids the ids of the calls that all nodes accepted
   * @param store where custom metadata is kept
   * @param changed told the UUID of each instance whose metadata may have changed
   */
  public OpenApiServlet(
      OpenApiSettings settings,
      Function<String, Optional<AccessKey>> keys,
      RequestIds ids,
      CustomMetadata store,
      Consumer<String> changed) {
    this.verification = new Verification(settings, keys, ids, Clock.systemUTC());
    this.calls = new CustomMetadataCalls(settings.region(), store, changed);
    this.free = new Semaphore(settings.maxCallsAtATime());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      send(response, JsonAnswer.failed(errorOfContainer(response.getStatus())));
    } else if (free.tryAcquire()) {
      try {
        answer(new ServletCall(request), response);
      } finally {
        free.release();
      }
    } else {
      response.setHeader("Retry-After", "1");
      refuseUnread(
          response,
          new RefusedException(
              ErrorCode.REQUEST_TOO_MANY,
              "Too many calls at the same time. Try again in a second."));
    }
  }

  private void answer(ReceivedCall call, HttpServletResponse response) throws IOException {
    try {
      send(response, answer(call, verification.verify(call)));
    } catch (RefusedException e) {
      refuseUnread(response, e);
    } catch (RuntimeException e) {
      LIMITED_LOG.log(System.Logger.Level.ERROR, "OpenAPI: a call cannot be answered", e);
      send(response, JsonAnswer.failed(ErrorCode.SERVICE_INTERNAL_ERROR));
    }
  }

  private JsonAnswer answer(ReceivedCall call, VerifiedCall caller) {
    try {
      return calls.answer(call, caller);
    } catch (RefusedException e) {
      return JsonAnswer.failed(e.error(), e.getMessage());
    }
  }

  /** Refuses a call whose body may be unread, so that the connection cannot be used again. */
  private static void refuseUnread(HttpServletResponse response, RefusedException refusal)
      throws IOException {
    response.setHeader("Connection", "close");
    send(response, JsonAnswer.failed(refusal.error(), refusal.getMessage()));
  }

  /** What the container itself refuses, such as a path with an escaped slash. */
  private static ErrorCode errorOfContainer(int status) {
    return status == HttpServletResponse.SC_NOT_FOUND
        ? ErrorCode.REQUEST_NOT_FOUND
        : ErrorCode.REQUEST_MALFORMED;
  }

  private static void send(HttpServletResponse response, JsonAnswer answer) throws IOException {
    response.resetBuffer();
    response.setStatus(answer.status());
    response.setContentType(JsonAnswer.CONTENT_TYPE);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }
}
