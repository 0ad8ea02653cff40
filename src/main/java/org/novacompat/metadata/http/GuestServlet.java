// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.novacompat.metadata.identity.Caller;
import org.novacompat.metadata.identity.CallerStrategy;
import org.novacompat.metadata.identity.GuestRequest;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.InstanceDirectory;
import org.novacompat.metadata.instance.PasswordStore;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.Printable;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.tree.Answer;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.novacompat.metadata.tree.MetadataPath;

/**
 * The guest endpoint ({@code nova/api/metadata/handler.py: MetadataRequestHandler}): a path comes
 * in, who asks is found, their instance is found, and the document at that path goes out. The
 * method of a request does not matter, as it does not to nova, but where the document is the
 * password.
 */
public final class GuestServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(GuestServlet.class.getName());

  private static final int MAX_DEBUG_LINE = 1000;

  private final transient RateLimitedLog limitedLog = new RateLimitedLog(LOG);
  private final transient RateLimitedLog outages =
      new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);
  private final transient Healthcheck healthcheck;
  private final transient Drain drain;
  private final transient RequestCount count;
  private final transient CallerStrategy callers;
  private final transient Supplier<GuestTrees> trees;
  private final transient InstanceDirectory<InstanceDocuments> directory;
  private final transient PasswordForm passwords;

  /** Why a guest does not get a document, as far as the log tells it. */
  private enum Reason {
    NO_INSTANCE,
    OTHER_PROJECT,
    NO_ADDRESS,
    STORE_AWAY,
    DOCUMENT_LATER
  }

  /**
   * Serves guests.
   *
   * @param healthcheck what is answered to a balancer
   * @param drain whether connections are to end, for this node does
   * @param count where requests are counted
   * @param callers how a guest is known
   * @param trees what is there for guests now
   * @param directory where instances are found, with their documents
   * @param passwords where guests' passwords are kept
   */
  public GuestServlet(
      Healthcheck healthcheck,
      Drain drain,
      RequestCount count,
      CallerStrategy callers,
      Supplier<GuestTrees> trees,
      InstanceDirectory<InstanceDocuments> directory,
      PasswordStore passwords) {
    this.healthcheck = healthcheck;
    this.drain = drain;
    this.count = count;
    this.callers = callers;
    this.trees = trees;
    this.directory = directory;
    this.passwords = new PasswordForm(passwords);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      answer(request, response);
    } finally {
      count.complete();
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (drain.isDraining()) {
      response.setHeader("Connection", "close");
    }
    Optional<String> path = RequestTarget.decode(request.getRequestURI());
    if (path.isEmpty()) {
      send(request, response, GuestError.badRequest("The path is not UTF-8."));
    } else if (healthcheck.isAt(path.get())) {
      healthcheck.answer(request, response);
    } else {
      answer(MetadataPath.of(path.get()), request, response);
    }
  }

  private void answer(MetadataPath path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (path.isRoot()) {
      send(response, trees.get().root());
      return;
    }
    try {
      Caller caller = callers.identify(new Received(request));
      if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
        String line = path + " asked by " + caller;
        LOG.log(System.Logger.Level.DEBUG, Printable.ascii(line, MAX_DEBUG_LINE));
      }
      if (caller instanceof Caller.Guest guest) {
        answer(guest, path, request, response);
      } else {
        refuse(caller, request, response);
      }
    } catch (StoreUnavailableException e) {
      outages.log(Reason.STORE_AWAY, System.Logger.Level.ERROR, e::getMessage);
      send(request, response, GuestError.UNAVAILABLE);
    } catch (RuntimeException e) {
      limitedLog.log(System.Logger.Level.ERROR, "cannot answer " + path, e);
      send(request, response, GuestError.UNKNOWN);
    }
  }

  private void answer(
      Caller.Guest guest,
      MetadataPath path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, StoreUnavailableException {
    Optional<InstanceDirectory.Entry<InstanceDocuments>> found = directory.find(guest.instance());
    if (found.isEmpty()) {
      limitedLog.log(
          Reason.NO_INSTANCE,
          System.Logger.Level.WARNING,
          () -> "404: there is no instance " + guest.instance());
      send(request, response, GuestError.NOT_FOUND);
    } else if (!belongsTo(guest, found.get())) {
      limitedLog.log(
          Reason.OTHER_PROJECT,
          System.Logger.Level.WARNING,
          () ->
              "404: instance %s is of another project than its port or proxy says: %s"
                  .formatted(guest.instance(), guest.project().orElseThrow()));
      send(request, response, GuestError.NOT_FOUND);
    } else if (trees.get().isPassword(path) && !request.getMethod().equals("GET")) {
      takePassword(guest, found.get().instance(), request, response);
    } else {
      show(guest, found.get().view(), path, request, response);
    }
  }

  private void takePassword(
      Caller.Guest guest,
      Instance instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, StoreUnavailableException {
    Optional<GuestError> refusal = passwords.take(request, instance);
    if (isStored(refusal) && instance.password().isEmpty()) {
      directory.forget(guest.instance());
    }
    if (refusal.isPresent()) {
      send(request, response, refusal.get());
    } else {
      response.setContentType(ContentType.HTML.header());
      response.setContentLength(0);
    }
  }

  /** Whether there is a password now, by this request or by another. */
  private static boolean isStored(Optional<GuestError> refusal) {
    return refusal.isEmpty() || refusal.get().equals(GuestError.CONFLICT);
  }

  private void show(
      Caller.Guest guest,
      InstanceDocuments documents,
      MetadataPath path,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Answer answer = documents.find(path, guest.address());
    if (answer instanceof Document document) {
      send(response, document);
    } else if (answer instanceof Answer.Unavailable) {
      send(request, response, GuestError.UNKNOWN);
    } else if (answer instanceof Answer.Later later) {
      outages.log(
          Reason.DOCUMENT_LATER,
          System.Logger.Level.WARNING,
          () -> "503 for " + path + ": " + later.reason());
      send(request, response, GuestError.UNAVAILABLE);
    } else {
      send(request, response, GuestError.NOT_FOUND);
    }
  }

  private static boolean belongsTo(
      Caller.Guest guest, InstanceDirectory.Entry<InstanceDocuments> found) {
    return guest.project().isEmpty() || guest.project().equals(found.instance().projectId());
  }

  private void refuse(Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (caller instanceof Caller.Nobody) {
      limitedLog.log(
          Reason.NO_ADDRESS,
          System.Logger.Level.WARNING,
          () -> "404: no instance has the address " + request.getRemoteAddr());
    }
    send(request, response, refusal(caller));
  }

  private static GuestError refusal(Caller caller) {
    if (caller instanceof Caller.Refused refused) {
      return GuestError.of(refused.status(), refused.explanation());
    }
    return caller instanceof Caller.Ambiguous ? GuestError.UNKNOWN : GuestError.NOT_FOUND;
  }

  private static void send(HttpServletResponse response, Document document) throws IOException {
    response.setContentType(document.contentType().header());
    response.setContentLength(document.length());
    document.writeTo(response.getOutputStream());
  }

  /**
   * Sends an error. As nova's CORS filter has it, OPTIONS finds nothing wrong where a guest is
   * ({@code oslo_middleware/cors.py: _apply_cors_preflight_headers}), but the answer has a type,
   * without which neutron's agents since 2025.1 drop the connection; as WebOb has it, a HEAD does
   * not look at what the guest accepts.
   */
  static void send(HttpServletRequest request, HttpServletResponse response, GuestError error)
      throws IOException {
    if (request.getMethod().equals("OPTIONS")
        && error.status() < HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
      response.setContentType(ContentType.TEXT.header());
      response.setContentLength(0);
      return;
    }
    if (request.getMethod().equals("HEAD")) {
      response.setStatus(error.status());
      response.setContentType(ContentType.HTML.header());
      response.setContentLength(0);
      return;
    }
    GuestError.Rendered rendered = error.render(Optional.ofNullable(request.getHeader("Accept")));
    response.setStatus(error.status());
    response.setContentType(rendered.contentType());
    response.setContentLength(rendered.bytes().length);
    response.getOutputStream().write(rendered.bytes());
  }

  /** A servlet request as identity sees it. */
  private record Received(HttpServletRequest request) implements GuestRequest {
    @Override
    public List<String> headers(String name) {
      return Collections.list(request.getHeaders(name));
    }

    @Override
    public Optional<String> header(String name) {
      String only = request.getHeader(name);
      return only == null ? Optional.empty() : GuestRequest.super.header(name);
    }

    @Override
    public String remoteAddress() {
      return request.getRemoteAddr();
    }
  }
}
