// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.novacompat.metadata.config.DerivedOptions;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.CallFailure.Kind;

/**
 * Asks one OpenStack service: with a token of Keystone's, at the place that the catalogue or
 * nova.conf names. A guest waits for a moment whatever the service does, and while the service is
 * away mostly not at all. A call that takes longer goes on without the guest, within a time, and
 * its answer is there for the next who asks. A token that is refused is renewed and the call made
 * once more.
 */
public final class ServiceClient implements AutoCloseable {
  private static final int WORKERS = 12;

  /** How many calls go on that guests gave up waiting for; other workers see what is new. */
  private static final int MAX_LATE = 6;

  /** For how long an answer that came too late is kept; and when a call counts as lost. */
  private static final Duration LOST = Duration.ofSeconds(10);

  private static final int MAX_QUESTIONS = 10_000;

  /** How long a request waits for a place among those that wait for the service. */
  private static final Duration PLACE_PATIENCE = Duration.ofSeconds(1);

  private static final Duration LONGEST_END = Duration.ofSeconds(1);
  private static final int UNAUTHORIZED = 401;
  private static final int CLIENT_ERRORS = 4;
  private static final int UNAVAILABLE = 503;

  private final String name;
  private final ServiceOptions options;
  private final String version;
  private final Connecting connecting;
  private final Keystone keystone;
  private final Tokens tokens;
  private final Endpoints endpoints;
  private final Persistence persistence;
  private final ServiceLog log;
  private final Semaphore places;
  private final ExecutorService workers;
  private final ExecutorService logins;
  private final AtomicInteger late = new AtomicInteger();
  private final ConcurrentMap<Object, Asking<?>> questions =
      Caffeine.newBuilder()
          .maximumSize(MAX_QUESTIONS)
          .expireAfterWrite(LOST)
          .<Object, Asking<?>>build()
          .asMap();

  /**
   * A question to a service.
   *
   * @param <R> the answer
   */
  @FunctionalInterface
  public interface Question<R> {
    /**
     * Asks.
     *
     * @param calls to the service
     * @return the answer
     */
    R ask(Calls calls);
  }

  /**
   * Prepares to ask a service; nobody is asked yet.
   *
   * @param name the service's name, for the log
   * @param conf the configuration
   * @param options the group that says how
   * @param connectRetries how often a connection is tried again when the group does not say
   * @param version the path that all calls begin with, which the service's address may end with:
   *     {@code /v2.0}
   */
  public ServiceClient(
      String name, NovaConf conf, ServiceOptions options, int connectRetries, String version) {
    this.name = name;
    this.options = options.followed(conf);
    this.version = version;
    this.log = new ServiceLog(name, System::nanoTime);
    this.connecting = new Connecting(conf, options, this::tellSlow);
    Login login = new LoginForm(conf, this.options).login();
    this.keystone = new Keystone(login, this.options, connecting);
    this.endpoints = new Endpoints(conf, this.options, login);
    this.places = new Semaphore(Math.max(1, DerivedOptions.requestThreads(conf) * 3 / 4));
    this.persistence =
        new Persistence(
            new Persistence.Retries(
                Math.max(0, conf.get(options.connectRetries).orElse(connectRetries)),
                conf.get(options.connectRetryDelay)),
            new Persistence.Retries(
                Math.max(0, conf.get(options.statusCodeRetries)),
                conf.get(options.statusCodeRetryDelay)),
            connecting.patience());
    AtomicInteger count = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            WORKERS, task -> thread(task, name + "-" + count.incrementAndGet()));
    this.logins = Executors.newCachedThreadPool(task -> thread(task, name + "-login"));
    this.tokens = new Tokens(keystone::issue, logins, log::failedEarly, System::nanoTime);
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
   * Asks, and waits for the answer for a bounded time. Who asks what another asks shares the
   * answer; who asks again what took too long is given what came of it meanwhile.
   *
   * @param key tells the question from others, the service's name for it included
   * @throws StoreUnavailableException when there is no answer
   */
  public <R> R ask(Object key, Question<R> question) throws StoreUnavailableException {
    @SuppressWarnings("unchecked") // a key stands for one question
    Asking<R> asking = (Asking<R>) questions.get(key);
    if (asking == null || !asking.isDone()) {
      refuseWhilePausing();
    }
    if (asking == null) {
      asking = begun(key, question);
    }
    try {
      R answer = await(asking);
      questions.remove(key, asking);
      return answer;
    } catch (StoreUnavailableException e) {
      if (e.getCause() instanceof TimeoutException) { // not for want of a place to wait
        asking.outlast();
      }
      throw e;
    }
  }

  private <R> Asking<R> begun(Object key, Question<R> question) {
    Asking<R> mine = new Asking<>(key, question);
    @SuppressWarnings("unchecked")
    Asking<R> other = (Asking<R>) questions.putIfAbsent(key, mine);
    if (other != null) {
      return other;
    }
    workers.execute(mine);
    return mine;
  }

  private void refuseWhilePausing() throws StoreUnavailableException {
    if (persistence.isPausing()) {
      throw unavailable("it is left alone for some seconds after failures", null);
    }
  }

  /** A question under way, or whose answer came when nobody waited any more. */
  private final class Asking<R> extends FutureTask<R> {
    private final Object key;
    private boolean isLate;

    Asking(Object key, Question<R> question) {
      super(() -> perform(question));
      this.key = key;
    }

    /** Goes on without those who gave up waiting, unless too many do. */
    synchronized void outlast() {
      if (!isDone() && !isLate) {
        isLate = true;
        if (late.incrementAndGet() > MAX_LATE) {
          questions.remove(key, this);
          cancel(true);
        }
      }
    }

    /** Is kept from now on, though it came when the call counted as lost. */
    @Override
    protected void set(R answer) {
      questions.put(key, this);
      super.set(answer);
      if (isCancelled()) {
        questions.remove(key, this);
      }
    }

    /** Is for those who wait; who asks next asks anew. */
    @Override
    protected void setException(Throwable why) {
      questions.remove(key, this);
      super.setException(why);
    }

    @Override
    protected synchronized void done() {
      if (isLate) {
        late.decrementAndGet();
      }
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
      persistence.overdue();
      throw unavailable("no answer within " + Connecting.seconds(connecting.patience()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    } catch (CancellationException e) {
      throw unavailable("a call was given up", e);
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
      return answer.get(connecting.patience().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      places.release();
    }
  }

  /**
   * Asks in this thread, one of the {@link #workers}.
   *
   * @throws StoreUnavailableException when there is no answer
   */
  public <R> R perform(Question<R> question) throws StoreUnavailableException {
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

  /** What the container takes down after us must not be amidst being loaded. */
  @Override
  public void close() {
    workers.shutdownNow();
    logins.shutdownNow();
    try {
      workers.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private StoreUnavailableException unavailable(String why, Throwable cause) {
    return new StoreUnavailableException(name + " cannot be asked: " + why, cause);
  }

  /** Tells of a slow call, which may be a login that nobody waits for. */
  private void tellSlow(Peer peer, CallFailure slow) {
    if (peer.name().equals(name) || !tokens.hasValid()) {
      log.failed(slow);
    } else {
      log.failedEarly(slow);
    }
  }

  private void tell(CallFailure failure) {
    if (failure.kind() != Kind.NOT_MADE) {
      log.failed(failure);
    }
  }

  private <R> R withToken(Question<R> question) {
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

  private <R> R put(Question<R> question, Token token) throws RefusedTokenException {
    URI base = endpoints.of(token, version);
    Peer peer = new Peer(name, base, endpoints.options(), connecting);
    try {
      return question.ask(new Calls(peer, token.id()));
    } catch (CallFailure e) {
      throw e;
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

  private static Thread thread(Runnable task, String name) {
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
