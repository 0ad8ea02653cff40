// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.novacompat.metadata.cache.SingleFlightCache;
import org.novacompat.metadata.config.DerivedOptions;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceCallException.Kind;
import org.novacompat.metadata.log.OutageLog;
import org.novacompat.metadata.log.RateLimitedLog;

/**
 * Asks one OpenStack service, with a token of Keystone's, at the address that the catalogue or
 * nova.conf gives. A guest waits for a bounded time, and mostly not at all while the service is
 * away. A call that takes longer goes on without the guest, and its answer is for the next guest
 * with the same question. A token that the service refuses is replaced, and the call made once
 * more.
 */
public final class ServiceClient implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ServiceClient.class.getName());
  private static final int MAX_QUESTIONS = 10_000;

  /** How long a request waits for a place among those that wait for the service. */
  private static final Duration MAX_WAIT_FOR_PLACE = Duration.ofSeconds(1);

  /**
   * How many questions are asked at a time, but for those that guests have given up waiting for.
   */
  private static final int MAX_UNDER_WAY = 12;

  private static final Duration MAX_END = Duration.ofSeconds(1);

  private final String name;
  private final String version;
  private final HttpSettings http;
  private final Keystone keystone;
  private final Tokens tokens;
  private final ServiceLocator locator;
  private final RetryPolicies policies;
  private final OutageLog outages;
  private final RateLimitedLog earlyRenewals;
  private final Semaphore places;

  /** Logins take none, so that a question that waits for one does not keep it from being made. */
  private final Semaphore questionsUnderWay = new Semaphore(MAX_UNDER_WAY);

  /** Bounded by the request threads, and by the pauses that follow calls without an answer. */
  private final ExecutorService workers;

  private final SingleFlightCache<Object, Object> questions;

  /** Answers that no guest has taken, because all gave up waiting. */
  private final Cache<Object, Object> untaken;

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
   * Prepares to ask a service; asks nothing yet.
   *
   * @param name the service's name, for the log
   * @param conf the configuration
   * @param group the options that configure the service
   * @param connectRetries how often a connection is tried again when the group does not say
   * @param version the path that all calls begin with, which the service's address may end with:
   *     {@code /v2.0}
   * @param times how long the service is waited for
   */
  public ServiceClient(
      String name,
      NovaConf conf,
      ServiceOptions group,
      int connectRetries,
      String version,
      WaitTimes times) {
    this.name = name;
    this.version = version;
    ServiceOptions options = group.followed(conf);
    this.outages = new OutageLog(LOG, name + " can be asked again", System::nanoTime);
    this.earlyRenewals = new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);
    this.http = new HttpSettings(conf, options, times, this::logSlow);
    AuthMethod method = new AuthRequestBuilder(conf, options).method();
    this.keystone = new Keystone(method, http);
    this.locator = new ServiceLocator(conf, options, method);
    this.policies = new RetryPolicies(conf, options, connectRetries, times);
    this.places = new Semaphore(Math.max(1, DerivedOptions.requestThreads(conf) * 3 / 4));
    AtomicInteger count = new AtomicInteger();
    this.workers =
        Executors.newCachedThreadPool(task -> thread(task, name + "-" + count.incrementAndGet()));
    this.tokens =
        new Tokens(keystone::issue, workers, times.lost(), this::logEarlyRenewal, System::nanoTime);
    this.questions = new SingleFlightCache<>(times.lost());
    this.untaken =
        Caffeine.newBuilder().maximumSize(MAX_QUESTIONS).expireAfterWrite(times.lost()).build();
  }

  /** Where {@link #perform} may be called: threads that no request waits for without a limit. */
  public Executor workers() {
    return workers;
  }

  /** For how long the service is waited for. */
  public WaitTimes times() {
    return http.times();
  }

  /** Tells whether a question would be refused at once, because the last ones failed. */
  public boolean isPausing() {
    return policies.isPausing();
  }

  /**
   * Asks, and waits for the answer for a bounded time. Those who ask the same at the same time
   * share the answer; an answer that came too late is for the next guest with the same question.
   *
   * @param key tells the question from others
   * @throws StoreUnavailableException when there is no answer
   */
  public <R> R ask(Object key, Question<R> question) throws StoreUnavailableException {
    Object answer = untaken.getIfPresent(key);
    if (answer == null && isPausing()) {
      throw unavailable("it is left alone for some seconds after failures", null);
    }
    if (answer == null) {
      answer = await(questions.join(key, any -> begun(key, question)));
    }
    untaken.invalidate(key);
    @SuppressWarnings("unchecked") // a key stands for one question
    R result = (R) answer;
    return result;
  }

  private CompletableFuture<Object> begun(Object key, Question<?> question) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Object answer = perform(question);
            untaken.put(key, answer);
            return answer;
          } catch (StoreUnavailableException e) {
            throw new CompletionException(e);
          }
        },
        workers);
  }

  /**
   * Waits for an answer of the service for a bounded time. A quarter of the request threads is kept
   * for guests who do not need the service: where the others wait for it already, this does not.
   *
   * @param answer what was asked in one of the {@link #workers}
   * @throws StoreUnavailableException when there is no answer in time
   */
  public <R> R await(CompletableFuture<R> answer) throws StoreUnavailableException {
    try {
      return answer.isDone() ? answer.get() : awaitInPlace(answer);
    } catch (TimeoutException e) {
      policies.recordTimeout();
      throw unavailable("no answer within " + RemoteService.seconds(times().guest()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      throw unavailable(reason(e.getCause()), e.getCause());
    }
  }

  private static String reason(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "a call was given up";
    }
    return failure instanceof RejectedExecutionException ? "this service ends" : "unforeseen";
  }

  private <R> R awaitInPlace(CompletableFuture<R> answer)
      throws StoreUnavailableException, InterruptedException, ExecutionException, TimeoutException {
    if (!places.tryAcquire(MAX_WAIT_FOR_PLACE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw unavailable("too many requests wait for it already", null);
    }
    try {
      return answer.get(times().guest().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      places.release();
    }
  }

  /**
   * Asks in this thread, one of the {@link #workers}, as soon as few enough others are asked.
   *
   * @throws StoreUnavailableException when there is no answer
   */
  public <R> R perform(Question<R> question) throws StoreUnavailableException {
    CompletableFuture<Void> turn = turn();
    try {
      R answer = policies.run(() -> askWithToken(question));
      outages.recovered();
      return answer;
    } catch (ServiceCallException e) {
      if (e.kind() != Kind.NOT_MADE) {
        logFailure(e);
      }
      throw unavailable(e.getMessage(), e);
    } catch (RejectedExecutionException e) {
      throw unavailable("this service ends", e);
    } catch (RuntimeException e) {
      logFailure(new ServiceCallException(Kind.BROKEN, "unforeseen: " + e, e));
      throw unavailable("unforeseen", e);
    } finally {
      turn.complete(null);
    }
  }

  /** Waits for a turn, which ends when it is completed, or when guests have given up waiting. */
  private CompletableFuture<Void> turn() throws StoreUnavailableException {
    long millis = times().guest().toMillis();
    try {
      if (!questionsUnderWay.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        throw unavailable("too many calls are under way", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted", e);
    }
    CompletableFuture<Void> turn = new CompletableFuture<>();
    turn.thenRun(questionsUnderWay::release);
    return turn.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
  }

  private <R> R askWithToken(Question<R> question) {
    Token token = tokens.current();
    try {
      return ask(question, token);
    } catch (ServiceCallException e) {
      if (e.kind() != Kind.TOKEN_REFUSED || !keystone.renews()) {
        throw e;
      }
    }
    tokens.discard(token);
    return ask(question, tokens.current());
  }

  private <R> R ask(Question<R> question, Token token) {
    RemoteService service =
        new RemoteService(name, locator.locate(token, version), locator.options(), http);
    try {
      return question.ask(new Calls(service, token.id()));
    } catch (RuntimeException e) {
      throw e instanceof ServiceCallException failure ? failure : service.failed(e);
    }
  }

  private void logFailure(ServiceCallException why) {
    LOG.log(Level.DEBUG, name + " cannot be asked", why);
    outages.failed(Level.ERROR, () -> name + " cannot be asked: " + why.getMessage());
  }

  /** Logs a login for which no request waits, because the last token is still valid. */
  private void logEarlyRenewal(ServiceCallException why) {
    earlyRenewals.log(
        Level.WARNING,
        () -> name + "'s token cannot be renewed yet, and is still used: " + why.getMessage());
  }

  private void logSlow(RemoteService service, ServiceCallException slow) {
    if (service.name().equals(name) || !tokens.hasValid()) {
      logFailure(slow);
    } else {
      logEarlyRenewal(slow);
    }
  }

  /** Waits for the workers, so that no class is being loaded when the class loader is closed. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      workers.awaitTermination(MAX_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private StoreUnavailableException unavailable(String why, Throwable cause) {
    return new StoreUnavailableException(name + " cannot be asked: " + why, cause);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(ServiceClient.class.getClassLoader());
    return thread;
  }
}
