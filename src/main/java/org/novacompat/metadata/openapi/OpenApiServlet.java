// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher;
import org.jboss.resteasy.spi.ResteasyDeployment;
import org.novacompat.metadata.instance.CustomMetadata;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.signature.AccessKey;

/**
 * The OpenAPI endpoint: what is not signed right ends here, and Jakarta REST has the rest. Has no
 * mapping of its own: who knows which endpoint a request came in by hands it over.
 */
public final class OpenApiServlet extends HttpServletDispatcher {
  private static final long serialVersionUID = 1L;
  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(OpenApiServlet.class.getName()));

  /** A larger body is refused unread. */
  static final int MOST_BODY_BYTES = 1 << 20;

  /** A body that comes more slowly is not waited for: who sends it holds one of few places. */
  private static final Duration BODY_PATIENCE = Duration.ofSeconds(15);

  private final transient Verification verification;
  private final transient ResteasyDeployment deployment;
  private final transient Semaphore free;

  /**
   * Serves the calls.
   *
   * @param settings what callers must keep to
   * @param keys finds access keys by their ids
   * @param ids what all nodes know of calls that were made
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
    this.free = new Semaphore(settings.mostCallsAtATime());
    this.deployment = new ResteasyDeploymentImpl();
    deployment.setApplication(new ApiDescription());
    deployment.getResources().add(new CustomMetadataResource(settings.region(), store, changed));
    deployment.getProviders().add(new FailureMapper());
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    config.getServletContext().setAttribute(ResteasyDeployment.class.getName(), deployment);
    super.init(config);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.setHeader("Cache-Control", "no-store");
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      send(response, Answer.failed(ofContainer(response.getStatus())));
    } else if (free.tryAcquire()) {
      try {
        answer(request, response);
      } finally {
        free.release();
      }
    } else {
      response.setHeader("Retry-After", "1");
      response.setHeader("Connection", "close"); // its body is unread
      send(
          response,
          Answer.failed(
              Failure.REQUEST_TOO_MANY, "Too many calls at the same time. Try again in a second."));
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    try {
      VerifiedCall call = verification.verify(new Received(request));
      if (request.getMethod().equals("OPTIONS")) { // Jakarta REST would answer it of its own
        throw new RefusedException(Failure.REQUEST_METHOD_NOT_ALLOWED, FailureMapper.METHODS);
      }
      super.service(new VerifiedRequest(request, call), response);
    } catch (RefusedException e) {
      response.setHeader("Connection", "close"); // its body may be unread
      send(response, Answer.failed(e.failure(), e.getMessage()));
    } catch (RuntimeException e) {
      LIMITED_LOG.log(System.Logger.Level.ERROR, "OpenAPI: a call cannot be answered", e);
      send(response, Answer.failed(Failure.SERVICE_INTERNAL_ERROR));
    }
  }

  /** What the container refuses of its own, such as a path with an escaped slash. */
  private static Failure ofContainer(int status) {
    return status == HttpServletResponse.SC_NOT_FOUND
        ? Failure.REQUEST_NOT_FOUND
        : Failure.REQUEST_MALFORMED;
  }

  private static void send(HttpServletResponse response, Answer answer) throws IOException {
    response.resetBuffer();
    response.setStatus(answer.status());
    response.setContentType(Answer.CONTENT_TYPE);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  /** A servlet request as verification sees it. */
  private record Received(HttpServletRequest request) implements ReceivedCall {
    @Override
    public List<String> headers(String name) {
      return Collections.list(request.getHeaders(name));
    }

    @Override
    public String query() {
      return Optional.ofNullable(request.getQueryString()).orElse("");
    }

    @Override
    public String address() {
      return request.getRemoteAddr();
    }

    @Override
    public byte[] body() throws RefusedException {
      if (request.getContentLengthLong() > MOST_BODY_BYTES) {
        throw tooLarge();
      }
      try {
        return read(request.getInputStream());
      } catch (IOException e) {
        throw new RefusedException(Failure.REQUEST_MALFORMED, "The body breaks off.");
      }
    }

    private static byte[] read(InputStream in) throws IOException, RefusedException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] part = new byte[8192];
      long end = System.nanoTime() + BODY_PATIENCE.toNanos();
      for (int length = in.read(part); length >= 0; length = in.read(part)) {
        body.write(part, 0, length);
        if (body.size() > MOST_BODY_BYTES) {
          throw tooLarge();
        }
        if (System.nanoTime() > end) {
          throw new RefusedException(Failure.REQUEST_MALFORMED, "The body takes too long.");
        }
      }
      return body.toByteArray();
    }

    private static RefusedException tooLarge() {
      return new RefusedException(
          Failure.REQUEST_TOO_LARGE, "A body has at most " + MOST_BODY_BYTES + " bytes.");
    }
  }
}
