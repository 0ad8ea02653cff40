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
import org.novacompat.metadata.cache.InstanceCache;
import org.novacompat.metadata.identity.Caller;
import org.novacompat.metadata.identity.GuestIdentifier;
import org.novacompat.metadata.identity.GuestRequest;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.PasswordStore;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.Printable;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.novacompat.metadata.tree.Lookup;
import org.novacompat.metadata.tree.Route;

/**
 * The guest endpoint ({@code nova/api/metadata/handler.py: MetadataRequestHandler}): a path comes
 * in, who asks is found, their instance is found, and the document at that path goes out. The
 * method of a request does not matter, as it does not to nova, but where the document is the
 * password.
 */
public final class GuestServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(GuestServlet.class.getName());

  private static final int MAX_LOGGED = 1000;

  private final transient RateLimitedLog limitedLog = new RateLimitedLog(LOG);
  private final transient RateLimitedLog outages =
      new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);
  private final transient Refusals refusals = new Refusals(limitedLog);
  private final transient Healthcheck healthcheck;
  private final transient DrainState drain;
  private final transient RequestCount count;
  private final transient GuestIdentifier callers;
  private final transient Supplier<GuestTrees> trees;
  private final transient InstanceCache cache;
  private final transient PasswordHandler passwords;

  /** Why a guest does not get a document, as far as the log tells it. */
  private enum Reason {
    NO_INSTANCE,
    OTHER_PROJECT,
    STORE_AWAY,
    DOCUMENT_UNAVAILABLE
  }

  /**
   * Serves guests.
   *
   * @param healthcheck what is answered to a balancer
   * @param drain whether connections are to end, for this node does
   * @param count where requests are counted
   * @param callers how a guest is known
   * @param trees what is there for guests now
   * @param cache where instances are found, with their documents
   * @param passwords where guests' passwords are kept
   */
  public GuestServlet(
      Healthcheck healthcheck,
      DrainState drain,
      RequestCount count,
      GuestIdentifier callers,
      Supplier<GuestTrees> trees,
      InstanceCache cache,
      PasswordStore passwords) {
    this.healthcheck = healthcheck;
    this.drain = drain;
    this.count = count;
    this.callers = callers;
    this.trees = trees;
    this.cache = cache;
    this.passwords = new PasswordHandler(passwords);
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
    Optional<String> path = PathDecoder.decode(request.getRequestURI());
    if (path.isEmpty()) {
      GuestError.badRequest("The path is not UTF-8.").send(request, response);
    } else if (healthcheck.isAt(path.get())) {
      healthcheck.answer(request, response);
    } else {
      answer(path.get(), request, response);
    }
  }

  private void answer(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Route route = trees.get().route(path);
    if (route.publicDocument().isPresent()) {
      send(response, route.publicDocument().get());
      return;
    }
    try {
      Caller caller = callers.identify(new Received(request));
      if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
        LOG.log(System.Logger.Level.DEBUG, printable(path + " asked by " + caller));
      }
      if (caller instanceof Caller.Guest guest) {
        answer(guest, path, route, request, response);
      } else {
        Caller.Unidentified unidentified = (Caller.Unidentified) caller;
        refusals.refuse(unidentified, request.getRemoteAddr()).send(request, response);
      }
    } catch (StoreUnavailableException e) {
      outages.log(Reason.STORE_AWAY, System.Logger.Level.ERROR, e::getMessage);
      GuestError.UNAVAILABLE.send(request, response);
    } catch (RuntimeException e) {
      limitedLog.log(System.Logger.Level.ERROR, "cannot answer " + printable(path), e);
      GuestError.UNKNOWN.send(request, response);
    }
  }

  private void answer(
      Caller.Guest guest,
      String path,
      Route route,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, StoreUnavailableException {
    Optional<InstanceDocuments> found = cache.find(guest.instance());
    if (found.isEmpty()) {
      limitedLog.log(
          Reason.NO_INSTANCE,
          System.Logger.Level.WARNING,
          () -> "404: there is no instance " + guest.instance());
      GuestError.NOT_FOUND.send(request, response);
    } else if (!belongsTo(guest, found.get())) {
      limitedLog.log(
          Reason.OTHER_PROJECT,
          System.Logger.Level.WARNING,
          () ->
              "404: instance %s is of another project than its port or proxy says: %s"
                  .formatted(guest.instance(), guest.project().orElseThrow()));
      GuestError.NOT_FOUND.send(request, response);
    } else if (route.isWritable() && !request.getMethod().equals("GET")) {
      takePassword(guest, found.get().instance(), request, response);
    } else {
      show(found.get().find(route, guest.address()), path, request, response);
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
      cache.forget(guest.instance());
    }
    if (refusal.isPresent()) {
      refusal.get().send(request, response);
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
      Lookup found, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (found instanceof Document document) {
      send(response, document);
    } else if (found instanceof Lookup.Failed) {
      GuestError.UNKNOWN.send(request, response);
    } else if (found instanceof Lookup.TemporarilyUnavailable unavailable) {
      outages.log(
          Reason.DOCUMENT_UNAVAILABLE,
          System.Logger.Level.WARNING,
          () -> "503 for " + printable(path) + ": " + unavailable.reason());
      GuestError.UNAVAILABLE.send(request, response);
    } else {
      GuestError.NOT_FOUND.send(request, response);
    }
  }

  private static String printable(String text) {
    return Printable.ascii(text, MAX_LOGGED);
  }

  private static boolean belongsTo(Caller.Guest guest, InstanceDocuments found) {
    return guest.project().isEmpty() || guest.project().equals(found.instance().projectId());
  }

  private static void send(HttpServletResponse response, Document document) throws IOException {
    response.setContentType(document.contentType().header());
    response.setContentLength(document.length());
    document.writeTo(response.getOutputStream());
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
