// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.novacompat.metadata.config.Combined;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.CallFailure.Kind;

/**
 * Asks one OpenStack service: with a token of Keystone's, at the place that the catalogue or
 * nova.conf names. A call ends in time whatever the service does, and while the service is away
 * most calls end at once. A token that is refused is renewed and the call made once more.
 *
 * @param <A> the service's calls
 */
public final class ServiceClient<A> implements AutoCloseable {
  private static final int WORKERS = 8;
  private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** How long a request waits for a place among those that wait for the service. */
  private static final Duration PLACE_PATIENCE = Duration.ofSeconds(1);

  private static final Duration LONGEST_END = Duration.ofSeconds(1);
  private static final int UNAUTHORIZED = 401;
  private static final int CLIENT_ERRORS = 4;
  private static final int UNAVAILABLE = 503;

  private final String name;
  private final ServiceOptions options;
  private final Class<A> api;
  private final Connecting connecting;
  private final Keystone keystone;
  private final Tokens tokens;
  private final Endpoints endpoints;
  private final Persistence persistence;
  private final ServiceLog log;
  private final Duration patience;
  private final Semaphore places;
  private final ExecutorService workers;
  // null: not made yet
  private volatile Client<A> client;

  private record Client<A>(URI base, A calls) {}

  /**
   * A question to a service.
   *
   * @param <A> the service's calls
   * @param <R> the answer
   */
  @FunctionalInterface
  public interface Question<A, R> {
    /**
     * Asks.
     *
     * @param calls the service's calls
     * @param token what to show, for the header {@code X-Auth-Token}
     * @return the answer
     */
    R ask(A calls, String token);
  }

  /**
   * Prepares to ask a service; nobody is asked yet.
   *
   * @param name the service's name, for the log
   * @param conf the configuration
   * @param options the group that says how
   * @param connectRetries how often a connection is tried again when the group does not say
   * @param api the service's calls, a public interface with annotations of Jakarta REST
   */
  public ServiceClient(
      String name, NovaConf conf, ServiceOptions options, int connectRetries, Class<A> api) {
    this.name = name;
    this.options = options.followed(conf);
    this.api = api;
    this.connecting = new Connecting(conf, options);
    Login login = new LoginForm(conf, this.options).login();
    this.keystone = new Keystone(login, this.options, connecting);
    this.log = new ServiceLog(name, System::nanoTime);
    this.tokens = new Tokens(this::issue, System::nanoTime);
    this.endpoints = new Endpoints(conf, this.options, login);
    this.patience = connecting.timeout().plus(BEYOND_TIMEOUT);
    this.places = new Semaphore(Math.max(1, Combined.requestThreads(conf) * 3 / 4));
    this.persistence =
        new Persistence(
            new Persistence.Retries(
                Math.max(0, conf.get(options.connectRetries).orElse(connectRetries)),
                conf.get(options.connectRetryDelay).orElse(FIRST_PAUSE)),
            new Persistence.Retries(
                Math.max(0, conf.get(options.statusCodeRetries).orElse(0)),
                conf.get(options.statusCodeRetryDelay).orElse(FIRST_PAUSE)),
            patience);
    AtomicInteger count = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            WORKERS, task -> worker(task, name + "-" + count.incrementAndGet()));
  }

  /**
   * Gets a token ahead of the first question, so that the log tells soon what is wrong. Waits a
   * moment, in which whoever starts has better things to do.
   */
  public void prepare() {
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, workers)
        .execute(
            () -> {
              try {
                perform((calls, token) -> token);
              } catch (StoreUnavailableException e) {
                return; // the log has it
              }
            });
  }

  /** Where {@link #perform} may be called: threads that nobody waits for without a limit. */
  public Executor workers() {
    return workers;
  }

  /** Tells whether a question would be refused at once, because the last ones failed. */
  public boolean isPausing() {
    return persistence.isPausing();
  }

  /**
   * Asks, and waits for the answer for a bounded time.
   *
   * @throws StoreUnavailableException when there is no answer
   */
  public <R> R ask(Question<A, R> question) throws StoreUnavailableException {
    if (persistence.isPausing()) {
      throw unavailable("it is left alone for some seconds after failures", null);
    }
    Future<R> answer = workers.submit(() -> perform(question));
    try {
      return await(answer);
    } catch (StoreUnavailableException e) {
      answer.cancel(true);
      throw e;
    }
  }

  /**
   * Waits for an answer of the service for a bounded time. A quarter of the request threads is kept
   * for guests who do not need the service: where the others wait for it already, this does not.
   *
   * @param answer what was asked in one of the {@link #workers}
   * @throws StoreUnavailableException when there is no answer in time
   */
  public <R> R await(Future<R> answer) throws StoreUnavailableException {
    try {
      return answer.isDone() ? answer.get() : awaitInPlace(answer);
    } catch (TimeoutException e) {
      throw unavailable("no answer within " + Connecting.seconds(patience), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      throw unavailable("unforeseen", e.getCause());
    }
  }

  private <R> R awaitInPlace(Future<R> answer)
      throws StoreUnavailableException, InterruptedException, ExecutionException, TimeoutException {
    if (!places.tryAcquire(PLACE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw unavailable("too many requests wait for it already", null);
    }
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      places.release();
    }
  }

  /**
   * Asks in this thread, one of the {@link #workers}.
   *
   * @throws StoreUnavailableException when there is no answer
   */
  public <R> R perform(Question<A, R> question) throws StoreUnavailableException {
    try {
      R answer = persistence.run(() -> withToken(question));
      log.succeeded();
      return answer;
    } catch (CallFailure e) {
      tell(e);
      throw unavailable(e.getMessage(), e);
    } catch (RuntimeException e) {
      tell(new CallFailure(Kind.BROKEN, "unforeseen: " + e, e));
      throw unavailable("unforeseen", e);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    awaitWorkers();
    keystone.close();
    Client<A> made = client;
    if (made != null) {
      Connecting.close(made.calls);
    }
  }

  /** What the container takes down after us must not be amidst being loaded. */
  private void awaitWorkers() {
    try {
      workers.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private StoreUnavailableException unavailable(String why, Throwable cause) {
    return new StoreUnavailableException(name + " cannot be asked: " + why, cause);
  }

  private Token issue() {
    try {
      return keystone.issue();
    } catch (CallFailure e) {
      tell(e);
      throw e;
    }
  }

  private void tell(CallFailure failure) {
    if (failure.kind() != Kind.NOT_MADE) {
      log.failed(failure);
    }
  }

  private <R> R withToken(Question<A, R> question) {
    Token token = tokens.current();
    try {
      return put(question, token);
    } catch (RefusedTokenException e) {
      if (!keystone.renews()) {
        throw e.failure();
      }
    }
    tokens.discard(token);
    try {
      return put(question, tokens.current());
    } catch (RefusedTokenException e) {
      throw e.failure();
    }
  }

  private <R> R put(Question<A, R> question, Token token) throws RefusedTokenException {
    Client<A> asked = client(token);
    Peer peer = new Peer(name, asked.base, endpoints.options(), connecting);
    try {
      return question.ask(asked.calls, token.id());
    } catch (ErrorStatus e) {
      int status = e.status();
      if (status == UNAUTHORIZED) {
        throw new RefusedTokenException(
            peer.answered(
                Kind.BROKEN, "refuses the token (401)", options.authUrl.fullName().toString(), e));
      }
      throw peer.answered(kindOf(status), "answers " + status, endpoints.options(), e);
    } catch (RuntimeException e) {
      throw peer.failed(e);
    }
  }

  private static Kind kindOf(int status) {
    if (status == UNAVAILABLE) {
      return Kind.BUSY;
    }
    return status / 100 == CLIENT_ERRORS ? Kind.REFUSED : Kind.BROKEN;
  }

  private Client<A> client(Token token) {
    URI base = endpoints.of(token, api.getAnnotation(Path.class).value());
    Client<A> made = client;
    if (made == null || !made.base.equals(base)) {
      made = new Client<>(base, connecting.client(api, base));
      client = made;
    }
    return made;
  }

  /** The clients' library looks for its parts with the class loader of the thread. */
  private static Thread worker(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(ServiceClient.class.getClassLoader());
    return thread;
  }

  private static final class RefusedTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedTokenException(CallFailure failure) {
      super(failure);
    }

    CallFailure failure() {
      return (CallFailure) getCause();
    }
  }
}
