// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.release;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.nova.database.Cell;
import org.novacompat.metadata.nova.database.DatabaseUnavailableException;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.TimeBudget;

/**
 * Follows which release's API nova presents, as its databases tell it ({@link ReleaseFinding}). One
 * daemon thread reads it at the start, then as soon as a database answers, and from then on every
 * five minutes, because clouds are upgraded and cells come back. What a cell told once counts while
 * the cell does not answer.
 */
public final class NovaRelease implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NovaRelease.class.getName());

  /**
   * How often the databases are read.
   *
   * @param betweenReadings when all of them have told something
   * @param betweenTries until then, those that have not; a database that is known to be unavailable
   *     is not asked
   */
  record Intervals(Duration betweenReadings, Duration betweenTries) {
    static final Intervals USUAL = new Intervals(Duration.ofMinutes(5), Duration.ofSeconds(1));
  }

  private static final int MAX_READERS = 8;

  /** How often a cell that answers guests may leave this question unanswered. */
  private static final int MAX_LOSSES = 3;

  private final NovaDatabase database;
  private final Consumer<ApiRelease> presenting;
  private final Intervals intervals;
  private final RateLimitedLog limitedLog =
      new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);
  private final ScheduledExecutorService daemon =
      Executors.newSingleThreadScheduledExecutor(reading -> daemon(reading, "release"));

  // The daemon's own.
  private final Map<Cell, ReleaseTrace> told = new HashMap<>();
  private final Map<Cell, Integer> losses = new HashMap<>();
  private OptionalLong allAskedAt = OptionalLong.empty();
  private Duration pause;
  private Optional<Future<?>> planned = Optional.empty();
  private boolean whole;

  private volatile State state =
      new State(Optional.empty(), Set.of(), "the nova database was not asked yet");
  private Future<?> reading = CompletableFuture.completedFuture(null);

  /**
   * What is known.
   *
   * @param release the release; empty until a cell has answered
   * @param silent the cells that have told nothing yet
   * @param trouble why there is no release
   */
  private record State(Optional<ApiRelease> release, Set<Cell> silent, String trouble) {
    boolean isKnown() {
      return release.isPresent();
    }

    boolean isEnoughFor(Cell cell) {
      return isKnown() && !silent.contains(cell);
    }

    boolean isComplete() {
      return isKnown() && silent.isEmpty();
    }
  }

  private NovaRelease(NovaDatabase database, Consumer<ApiRelease> presenting, Intervals intervals) {
    this.database = database;
    this.presenting = presenting;
    this.intervals = intervals;
    this.pause = intervals.betweenTries;
  }

  /**
   * Begins to read.
   *
   * @param database nova's databases
   * @param presenting learns of the release, before {@link #known} tells it, and of every other one
   *     later
   * @return the release, which may not be known yet; close it before the database
   */
  public static NovaRelease open(NovaDatabase database, Consumer<ApiRelease> presenting) {
    return open(database, presenting, Intervals.USUAL);
  }

  static NovaRelease open(
      NovaDatabase database, Consumer<ApiRelease> presenting, Intervals intervals) {
    NovaRelease release = new NovaRelease(database, presenting, intervals);
    release.readNow();
    return release;
  }

  /** The release; empty until it is known. */
  public Optional<ApiRelease> known() {
    return state.release;
  }

  /**
   * Waits for a reading of the databases, and says so in the log if they did not answer.
   *
   * @param patience how long to wait at most
   * @throws InterruptedException when the waiting is interrupted
   */
  public void awaitFirstReading(Duration patience) throws InterruptedException {
    if (known().isEmpty()) {
      await(readNow(), patience);
    }
    if (known().isEmpty()) {
      LOG.log(
          Level.WARNING,
          "Which release''s metadata API to present is not known yet: {0}. Until a cell answers, guests"
              + " get 503; [nova_compat] api_release can name the release",
          state.trouble);
    }
  }

  /**
   * Waits until an instance can be shown: until the release is known, and its cell was asked for
   * it. Costs nothing once that is so.
   *
   * @param cell where the instance was found
   * @param deadline until when to wait
   * @throws StoreUnavailableException when the release is not known by then
   */
  public void await(Cell cell, Deadline deadline) throws StoreUnavailableException {
    if (state.isEnoughFor(cell)) {
      return;
    }
    try {
      await(readNow(), Duration.ofMillis(deadline.leftMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for nova's release", e);
    }
    if (known().isEmpty()) {
      String why = "which release of nova this is, is not known yet: " + state.trouble;
      throw new StoreUnavailableException(why, new IllegalStateException(why));
    }
  }

  @Override
  public void close() {
    daemon.shutdownNow();
  }

  /** Has a reading begin now, unless one is under way or about to begin. */
  private synchronized Future<?> readNow() {
    if (reading.isDone() && !daemon.isShutdown()) {
      reading = daemon.submit(this::readAndPlan);
    }
    return reading;
  }

  private static void await(Future<?> reading, Duration patience) throws InterruptedException {
    try {
      reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "the release is not known yet", e);
    }
  }

  private void readAndPlan() {
    try {
      read();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (RuntimeException e) {
      limitedLog.log(Level.ERROR, "cannot find out which release of nova this is", e);
    }
    pause = nextPause();
    planned.ifPresent(next -> next.cancel(false));
    planned = Optional.of(daemon.schedule(this::readNow, pause.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Tries more and more seldom to read what is not told yet, once there is a release. */
  private Duration nextPause() {
    if (!state.isKnown()) {
      return intervals.betweenTries;
    }
    boolean isWhole =
        state.isComplete() && told.values().stream().allMatch(trace -> trace.flaw().isEmpty());
    boolean wasWhole = whole;
    whole = isWhole;
    if (isWhole) {
      return intervals.betweenReadings;
    }
    Duration longer = wasWhole ? intervals.betweenTries : pause.multipliedBy(2);
    return longer.compareTo(intervals.betweenReadings) > 0 ? intervals.betweenReadings : longer;
  }

  private void read() throws InterruptedException {
    List<Cell> cells;
    try {
      cells = cells();
    } catch (StoreUnavailableException e) {
      state = new State(state.release, state.silent, e.getMessage());
      return;
    }
    told.keySet().removeIf(cell -> !cell.equals(Cell.API) && !cells.contains(cell));
    String trouble = ask(due(cells));
    List<Cell> silent = cells.stream().filter(cell -> !told.containsKey(cell)).toList();
    List<ReleaseTrace> traces = cells.stream().filter(told::containsKey).map(told::get).toList();
    if (traces.isEmpty()) {
      state = new State(state.release, Set.copyOf(silent), trouble);
      return;
    }
    ReleaseFinding finding = ReleaseFinding.of(Optional.ofNullable(told.get(Cell.API)), traces);
    present(finding, silent);
    state = new State(Optional.of(finding.release()), Set.copyOf(silent), "");
  }

  /** All databases when it is time, else those that have told nothing yet. */
  private List<Cell> due(List<Cell> cells) {
    List<Cell> all = new ArrayList<>(cells);
    if (!database.isLocalOnly()) {
      all.add(Cell.API);
    }
    long now = System.nanoTime();
    if (allAskedAt.isEmpty()
        || now - allAskedAt.getAsLong() >= intervals.betweenReadings.toNanos()) {
      allAskedAt = OptionalLong.of(now);
    } else {
      all.removeIf(cell -> told.containsKey(cell) && told.get(cell).flaw().isEmpty());
    }
    return all;
  }

  /** Every cell that can be asked, or {@code [database]} where there are none. */
  private List<Cell> cells() throws StoreUnavailableException {
    List<Cell> usable =
        database.cells(Deadline.in(TimeBudget.RELEASE)).stream()
            .filter(cell -> cell.flaw().isEmpty())
            .toList();
    return usable.isEmpty() ? List.of(Cell.LOCAL) : usable;
  }

  /** Has all of them asked at the same time, and tells why one did not answer. */
  private String ask(List<Cell> cells) throws InterruptedException {
    ExecutorService readers =
        Executors.newFixedThreadPool(
            Math.min(Math.max(1, cells.size()), MAX_READERS),
            reading -> daemon(reading, "release reader"));
    try {
      List<Callable<ReleaseTrace>> questions =
          cells.stream().<Callable<ReleaseTrace>>map(cell -> () -> trace(cell)).toList();
      List<Future<ReleaseTrace>> answers =
          readers.invokeAll(questions, TimeBudget.RELEASE_OF_ALL.toMillis(), TimeUnit.MILLISECONDS);
      String trouble = "";
      for (int i = 0; i < cells.size(); i++) {
        trouble = note(cells.get(i), answers.get(i)).orElse(trouble);
      }
      return trouble;
    } finally {
      readers.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private ReleaseTrace trace(Cell cell) throws StoreUnavailableException {
    return database.on(
        cell,
        Deadline.in(TimeBudget.RELEASE),
        session ->
            cell.equals(Cell.API) ? ReleaseTrace.ofApi(session) : ReleaseTrace.ofCell(session));
  }

  /** Notes what a database told, or says why it told nothing. */
  private Optional<String> note(Cell cell, Future<ReleaseTrace> answer)
      throws InterruptedException {
    try {
      told.merge(cell, answer.get(), ReleaseTrace::updated);
      losses.remove(cell);
      return Optional.empty();
    } catch (CancellationException e) {
      return Optional.of(cell.label() + " does not answer in time");
    } catch (ExecutionException e) {
      Throwable failure = e.getCause();
      if (isUnanswerable(cell, failure)) {
        told.putIfAbsent(cell, ReleaseTrace.unreadable(cell.label(), failure.getMessage()));
      }
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  /**
   * Whether a cell does not answer this question alone: an unavailable one loses it once, and is
   * not asked again while that is known.
   */
  private boolean isUnanswerable(Cell cell, Throwable failure) {
    if (!(failure instanceof StoreUnavailableException)) {
      return true;
    }
    boolean isLoss =
        failure.getCause() instanceof DatabaseUnavailableException away && away.isConnectionLoss();
    return isLoss && losses.merge(cell, 1, Integer::sum) >= MAX_LOSSES;
  }

  private void present(ReleaseFinding finding, List<Cell> silent) {
    if (state.release.equals(Optional.of(finding.release()))) {
      return;
    }
    presenting.accept(finding.release());
    boolean isFirst = state.release.isEmpty();
    LOG.log(
        finding.isCertain() ? Level.INFO : Level.WARNING,
        "{0} the metadata API of {1}: {2}{3}",
        isFirst ? "Presenting" : "From now on presenting",
        finding.release(),
        finding.why(),
        silent.isEmpty() ? "" : "; not yet asked: " + labels(silent));
  }

  private static String labels(List<Cell> cells) {
    return String.join(", ", cells.stream().map(Cell::label).toList());
  }
}
