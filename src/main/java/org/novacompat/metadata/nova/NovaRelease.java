// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;

/**
 * Which release's API nova would show, as its databases tell it ({@link ReleaseFinding}). One
 * daemon thread reads it at the start, then as soon as a database answers, and from then on every
 * five minutes, for clouds are upgraded and cells come back. What a cell told once counts while the
 * cell does not answer.
 */
public final class NovaRelease implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NovaRelease.class.getName());

  /**
   * How often the databases are read.
   *
   * @param betweenReadings when all of them have told something
   * @param betweenTries until then, those that have not; a database that is known to be away is not
   *     asked
   */
  record Pace(Duration betweenReadings, Duration betweenTries) {
    static final Pace USUAL = new Pace(Duration.ofMinutes(5), Duration.ofSeconds(1));
  }

  /** How long one database may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long all of them may take, however many there are. */
  private static final Duration PATIENCE_WITH_ALL = Duration.ofSeconds(4);

  private static final int MAX_READERS = 8;

  /** How often a cell that answers guests may leave this question unanswered. */
  private static final int MAX_LOSSES = 3;

  private final NovaDatabase database;
  private final Consumer<ApiRelease> presenting;
  private final Pace pace;
  private final RateLimitedLog limitedLog =
      new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);
  private final Thread daemon = new Thread(this::keep, "release");

  // The daemon's own.
  private final Map<Cell, ReleaseTrace> told = new HashMap<>();
  private final Map<Cell, Integer> losses = new HashMap<>();
  private OptionalLong allAskedAt = OptionalLong.empty();
  private Duration pause;
  private boolean whole;

  private volatile State state =
      new State(Optional.empty(), Set.of(), "the nova database was not asked yet");
  private long begun;
  private long ended;
  private boolean wanted;
  private boolean closed;

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

  private NovaRelease(NovaDatabase database, Consumer<ApiRelease> presenting, Pace pace) {
    this.database = database;
    this.presenting = presenting;
    this.pace = pace;
    this.pause = pace.betweenTries;
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
    return open(database, presenting, Pace.USUAL);
  }

  static NovaRelease open(NovaDatabase database, Consumer<ApiRelease> presenting, Pace pace) {
    NovaRelease release = new NovaRelease(database, presenting, pace);
    release.daemon.setDaemon(true);
    release.daemon.start();
    return release;
  }

  /** The release; empty until it is known. */
  public Optional<ApiRelease> known() {
    return state.release;
  }

  /**
   * Waits until the databases were asked once, and says so in the log if they did not answer.
   *
   * @param patience how long to wait at most
   * @throws InterruptedException when the waiting is interrupted
   */
  public void awaitFirstReading(Duration patience) throws InterruptedException {
    awaitReading(1, State::isKnown, System.nanoTime() + patience.toNanos());
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
  void await(Cell cell, Deadline deadline) throws StoreUnavailableException {
    if (state.isEnoughFor(cell)) {
      return;
    }
    try {
      Duration left = Duration.ofMillis(deadline.leftMillis());
      awaitReading(want(), now -> now.isEnoughFor(cell), System.nanoTime() + left.toNanos());
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
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    daemon.interrupt();
  }

  /** Has a reading begin now, and gives its number. */
  private synchronized long want() {
    wanted = true;
    notifyAll();
    return begun + 1;
  }

  /** A reading that is under way may do as well. */
  private synchronized void awaitReading(long number, Predicate<State> enough, long until)
      throws InterruptedException {
    while (ended < number && !enough.test(state) && !closed) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private void keep() {
    try {
      while (begin()) {
        try {
          read();
        } catch (RuntimeException e) {
          limitedLog.log(Level.ERROR, "cannot find out which release of nova this is", e);
        }
        pause = nextPause();
        end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it is time. */
  private synchronized boolean begin() throws InterruptedException {
    long until = System.nanoTime() + pause.toNanos();
    while (begun > 0 && !wanted && !closed && until - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, until - System.nanoTime());
    }
    wanted = false;
    begun++;
    return !closed;
  }

  private synchronized void end() {
    ended = begun;
    notifyAll();
  }

  /** Tries more and more seldom to read what is not told yet, once there is a release. */
  private Duration nextPause() {
    if (!state.isKnown()) {
      return pace.betweenTries;
    }
    boolean isWhole =
        state.isComplete() && told.values().stream().allMatch(trace -> trace.flaw().isEmpty());
    boolean wasWhole = whole;
    whole = isWhole;
    if (isWhole) {
      return pace.betweenReadings;
    }
    Duration longer = wasWhole ? pace.betweenTries : pause.multipliedBy(2);
    return longer.compareTo(pace.betweenReadings) > 0 ? pace.betweenReadings : longer;
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
    if (!database.cells().localOnly()) {
      all.add(Cell.API);
    }
    long now = System.nanoTime();
    if (allAskedAt.isEmpty() || now - allAskedAt.getAsLong() >= pace.betweenReadings.toNanos()) {
      allAskedAt = OptionalLong.of(now);
    } else {
      all.removeIf(cell -> told.containsKey(cell) && told.get(cell).flaw().isEmpty());
    }
    return all;
  }

  /** Every cell that can be asked, or {@code [database]} where there are none. */
  private List<Cell> cells() throws StoreUnavailableException {
    List<Cell> usable =
        database.cells().all(Deadline.in(PATIENCE)).stream()
            .filter(cell -> cell.flaw().isEmpty())
            .toList();
    return usable.isEmpty() ? List.of(Cell.LOCAL) : usable;
  }

  /** Has all of them asked at the same time, and tells why one did not answer. */
  private String ask(List<Cell> cells) throws InterruptedException {
    ExecutorService readers =
        Executors.newFixedThreadPool(
            Math.min(Math.max(1, cells.size()), MAX_READERS), NovaRelease::reader);
    try {
      List<Callable<ReleaseTrace>> questions =
          cells.stream().<Callable<ReleaseTrace>>map(cell -> () -> trace(cell)).toList();
      List<Future<ReleaseTrace>> answers =
          readers.invokeAll(questions, PATIENCE_WITH_ALL.toMillis(), TimeUnit.MILLISECONDS);
      String trouble = "";
      for (int i = 0; i < cells.size(); i++) {
        trouble = note(cells.get(i), answers.get(i)).orElse(trouble);
      }
      return trouble;
    } finally {
      readers.shutdownNow();
    }
  }

  private static Thread reader(Runnable reading) {
    Thread thread = new Thread(reading, "release reader");
    thread.setDaemon(true);
    return thread;
  }

  private ReleaseTrace trace(Cell cell) throws StoreUnavailableException {
    return database.ask(
        cell,
        Deadline.in(PATIENCE),
        session ->
            session.doReturningWork(
                connection ->
                    cell.equals(Cell.API)
                        ? ReleaseTrace.ofApi(connection)
                        : ReleaseTrace.ofCell(cell.label(), connection)));
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
   * Whether a cell does not answer this question alone: one that is away loses it once, and is not
   * asked again while that is known.
   */
  private boolean isUnanswerable(Cell cell, Throwable failure) {
    if (!(failure instanceof StoreUnavailableException)) {
      return true;
    }
    boolean isLoss = failure.getCause() instanceof AwayException away && away.isLoss();
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
