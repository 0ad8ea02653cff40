// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many guests at once, in one thread. Two ways:
 *
 * <ul>
 *   <li>{@code storm}: an open loop. Guests arrive at random times at a given rate, whether or not
 *       the server keeps up, and each asks one thing after the other as a crawl's file lists it,
 *       with a new connection for each request unless told otherwise. A guest that is not answered
 *       as listed, in time, is a failure and asks no more. How long a guest took counts from when
 *       it was due to arrive. With {@code --await 1} they begin to arrive when the server takes
 *       connections; how long those of the first {@code --unmeasured} seconds took is left out.
 *   <li>{@code sweep}: a closed loop. A few connections ask for each instance once, either one path
 *       each, in turn, or all paths.
 * </ul>
 *
 * <p>Prints its findings as one line of JSON.
 */
public final class Guests {
  private static final int LARGEST_ANSWER = 1 << 20;
  private static final int SMALLEST_BUFFER = 1 << 14;
  private static final long LONGEST_SELECT_MILLIS = 10;
  private static final long ARRIVALS_SEED = 42;
  private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final Options options;
  private final InetSocketAddress server;
  private final Selector selector;
  private final long timeout;

  /** Under way, in the order in which they were started; all have the same time. */
  private final Deque<Exchange> underWay = new ArrayDeque<>();

  /** Those of a sweep who take the place of one that failed. */
  private final Deque<Guest> waiting = new ArrayDeque<>();

  private final Samples requests = new Samples();
  private final Samples crawls = new Samples();
  private final Map<String, Integer> failures = new TreeMap<>();

  /** Of a storm: by when requests were sent, and guests were due. */
  private final List<Second> seconds = new ArrayList<>();

  private long start;
  private int arrived;
  private int served;
  private int failed;
  private int open;
  private int mostOpen;
  private long latest;

  private Guests(Options options) throws IOException {
    this.options = options;
    this.server = options.address("server");
    this.selector = Selector.open();
    this.timeout = TimeUnit.MILLISECONDS.toNanos(Math.round(1e3 * options.number("timeout", 10)));
  }

  /**
   * Runs the command.
   *
   * @param arguments {@code storm} or {@code sweep}, and options
   * @throws IOException when a file cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    Guests guests = new Guests(Options.parse(arguments));
    switch (arguments[0]) {
      case "storm" -> guests.storm();
      case "sweep" -> guests.sweep();
      default -> throw new IllegalArgumentException("storm or sweep, not " + arguments[0]);
    }
  }

  /** What a request asks and which status is right; 0 for any but the server's own failures. */
  private record Step(String path, int status) {
    boolean isRight(int answered) {
      return status == 0 ? answered < 500 : answered == status;
    }
  }

  /** An instance and the headers by which neutron's agent would ask for it. */
  private record Target(String headers) {
    static List<Target> read(Path file) throws IOException {
      List<Target> targets = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        String[] fields = line.split("\t");
        targets.add(
            new Target(
                "Host: 169.254.169.254\r\nAccept: */*\r\nX-Instance-ID: %s\r\nX-Instance-ID-Signature: %s\r\nX-Forwarded-For: %s\r\nX-Tenant-ID: %s\r\n\r\n"
                    .formatted(fields[0], fields[1], fields[2], fields[3])));
      }
      return targets;
    }

    ByteBuffer request(String path) {
      return ByteBuffer.wrap(
          ("GET " + path + " HTTP/1.1\r\n" + headers).getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Who asks, one thing after the other. */
  private abstract static class Guest {
    final boolean keepsConnection;

    Guest(boolean keepsConnection) {
      this.keepsConnection = keepsConnection;
    }

    /** The next request; null when there is none. */
    abstract Step next();

    abstract Target target();

    abstract void end(String failure);
  }

  private final class CrawlingGuest extends Guest {
    private final long due;
    private final Target target;
    private final List<Step> crawl;
    private int at;

    CrawlingGuest(long due, Target target, List<Step> crawl, boolean keepsConnection) {
      super(keepsConnection);
      this.due = due;
      this.target = target;
      this.crawl = crawl;
    }

    @Override
    Step next() {
      return at == crawl.size() ? null : crawl.get(at++);
    }

    @Override
    Target target() {
      return target;
    }

    @Override
    void end(String failure) {
      if (failure == null) {
        served++;
        if (due >= start) {
          long took = System.nanoTime() - due;
          crawls.add(took);
          second(due).crawls.add(took);
        }
      } else {
        second(Math.max(start, due)).failed++;
        failed++;
        failures.merge(failure, 1, Integer::sum);
      }
    }
  }

  /** One of the few of a sweep: goes on until nothing is left to ask. */
  private final class SweepingGuest extends Guest {
    private final Sweep sweep;
    private Target target;

    SweepingGuest(Sweep sweep) {
      super(true);
      this.sweep = sweep;
    }

    @Override
    Step next() {
      if (!sweep.hasNext()) {
        return null;
      }
      target = sweep.target();
      return sweep.take();
    }

    @Override
    Target target() {
      return target;
    }

    @Override
    void end(String failure) {
      if (failure != null) {
        failed++;
        failures.merge(failure, 1, Integer::sum);
        waiting.add(new SweepingGuest(sweep));
      }
    }
  }

  private static final class Sweep {
    private final List<Target> targets;
    private final List<Step> paths;
    private final boolean all;
    private final long end;
    private int at;

    Sweep(List<Target> targets, List<Step> paths, boolean all, long end) {
      this.targets = targets;
      this.paths = paths;
      this.all = all;
      this.end = end;
    }

    boolean hasNext() {
      return at < targets.size() * (all ? paths.size() : 1) && System.nanoTime() < end;
    }

    Target target() {
      return targets.get(all ? at / paths.size() : at);
    }

    Step take() {
      return paths.get(at++ % paths.size());
    }
  }

  /** A request under way. */
  private static final class Exchange {
    final Guest guest;
    final Step step;
    final long startedAt;
    final boolean reused;
    SocketChannel channel;
    ByteBuffer request;
    ByteBuffer answer = ByteBuffer.allocate(SMALLEST_BUFFER);
    boolean ended;

    Exchange(Guest guest, Step step, long startedAt, boolean reused) {
      this.guest = guest;
      this.step = step;
      this.startedAt = startedAt;
      this.reused = reused;
    }
  }

  private void storm() throws IOException {
    List<Target> targets = Target.read(options.file("targets"));
    List<List<Step>> crawlFiles = new ArrayList<>();
    for (String name : options.text("crawls").split(",")) {
      crawlFiles.add(crawl(Path.of(name)));
    }
    boolean keeps = options.number("keep-alive", 0) != 0;
    int first = (int) options.number("first", 0);
    if (options.number("await", 0) != 0) {
      awaitServer();
    }
    double unmeasured = options.number("unmeasured", 0);
    double all = unmeasured + options.number("seconds", 10);
    final long begin = System.nanoTime();
    start = begin + Math.round(1e9 * unmeasured);
    long[] due = arrivals(begin, options.number("rate", 1), all);
    final long deadline = begin + Math.round(1e9 * (all + options.number("drain", 60)));
    while (arrived < due.length || open > 0) {
      long now = System.nanoTime();
      if (now > deadline) {
        break;
      }
      while (arrived < due.length && due[arrived] <= now) {
        latest = Math.max(latest, now - due[arrived]);
        Target target = targets.get((first + arrived) % targets.size());
        List<Step> crawl = crawlFiles.get(arrived % crawlFiles.size());
        enter(new CrawlingGuest(due[arrived], target, crawl, keeps));
        arrived++;
      }
      turn(arrived < due.length ? due[arrived] - now : Long.MAX_VALUE);
    }
    if (arrived > served + failed) {
      failures.put("not done in time", arrived - served - failed);
      failed = arrived - served;
    }
    report();
  }

  private void awaitServer() throws IOException {
    long end = System.nanoTime() + LONGEST_START_NANOS;
    while (true) {
      try {
        SocketChannel.open(server).close();
        return;
      } catch (ConnectException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
    }
  }

  private Second second(long time) {
    int index = (int) TimeUnit.NANOSECONDS.toSeconds(time - start);
    while (seconds.size() <= index) {
      seconds.add(new Second());
    }
    return seconds.get(index);
  }

  private void sweep() throws IOException {
    List<Target> targets = Target.read(options.file("targets"));
    List<Step> paths = new ArrayList<>();
    for (String path : Files.readAllLines(options.file("paths"))) {
      paths.add(new Step(path, 0));
    }
    start = System.nanoTime();
    final long end =
        start + TimeUnit.MILLISECONDS.toNanos(Math.round(1e3 * options.number("seconds", 3600)));
    Sweep sweep = new Sweep(targets, paths, options.number("all", 0) != 0, end);
    for (int i = 0; i < (int) options.number("connections", 16); i++) {
      enter(new SweepingGuest(sweep));
    }
    while (open > 0 || !waiting.isEmpty()) {
      while (!waiting.isEmpty()) {
        enter(waiting.poll());
      }
      turn(Long.MAX_VALUE);
    }
    report();
  }

  /** Exponential gaps: arrivals that know nothing of one another. The same in each run. */
  private static long[] arrivals(long start, double rate, double seconds) {
    Random random = new Random(ARRIVALS_SEED);
    int count = (int) Math.max(1, Math.round(rate * seconds));
    long[] due = new long[count];
    double at = 0;
    for (int i = 0; i < count; i++) {
      at += -Math.log(1 - random.nextDouble()) / rate;
      due[i] = start + Math.round(at * 1e9);
    }
    return due;
  }

  private static List<Step> crawl(Path file) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.split(" ");
        if (!words[0].equals("GET")) {
          throw new IllegalArgumentException(file + ": only GET is known here, not " + words[0]);
        }
        steps.add(new Step(words[1], Integer.parseInt(words[2])));
      }
    }
    return steps;
  }

  private void enter(Guest guest) {
    Step step = guest.next();
    if (step == null) {
      guest.end(null);
      return;
    }
    open++;
    mostOpen = Math.max(mostOpen, open);
    connect(guest, step, System.nanoTime());
  }

  private void connect(Guest guest, Step step, long startedAt) {
    Exchange exchange = new Exchange(guest, step, startedAt, false);
    underWay.addLast(exchange);
    try {
      exchange.channel = SocketChannel.open();
      exchange.channel.configureBlocking(false);
      exchange.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      exchange.request = guest.target().request(step.path());
      if (exchange.channel.connect(server)) {
        exchange.channel.register(selector, SelectionKey.OP_WRITE, exchange);
      } else {
        exchange.channel.register(selector, SelectionKey.OP_CONNECT, exchange);
      }
    } catch (IOException e) {
      fail(exchange, "no connection: " + e.getMessage());
    }
  }

  private void again(SelectionKey key, Guest guest, Step step) throws IOException {
    Exchange exchange = new Exchange(guest, step, System.nanoTime(), true);
    underWay.addLast(exchange);
    exchange.channel = (SocketChannel) key.channel();
    exchange.request = guest.target().request(step.path());
    key.attach(exchange);
    write(key, exchange);
  }

  private void turn(long untilNext) throws IOException {
    long millis =
        Math.min(LONGEST_SELECT_MILLIS, Math.max(0, TimeUnit.NANOSECONDS.toMillis(untilNext)));
    if (millis == 0) {
      selector.selectNow(this::ready);
    } else {
      selector.select(this::ready, millis);
    }
    long now = System.nanoTime();
    while (!underWay.isEmpty()
        && (underWay.peekFirst().ended || now - underWay.peekFirst().startedAt > timeout)) {
      Exchange oldest = underWay.pollFirst();
      if (!oldest.ended) {
        fail(oldest, "no answer within " + TimeUnit.NANOSECONDS.toSeconds(timeout) + " s");
      }
    }
  }

  private void ready(SelectionKey key) {
    Exchange exchange = (Exchange) key.attachment();
    try {
      if (key.isConnectable()) {
        exchange.channel.finishConnect();
        write(key, exchange);
      } else if (key.isWritable()) {
        write(key, exchange);
      } else if (key.isReadable()) {
        read(key, exchange);
      }
    } catch (IOException e) {
      broken(exchange, String.valueOf(e.getMessage()));
    }
  }

  private static void write(SelectionKey key, Exchange exchange) throws IOException {
    exchange.channel.write(exchange.request);
    key.interestOps(exchange.request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  private void read(SelectionKey key, Exchange exchange) throws IOException {
    int count = exchange.channel.read(exchange.answer);
    Answer answer = Answer.of(exchange.answer, count < 0);
    if (answer.complete()) {
      finish(key, exchange, answer, count < 0);
    } else if (count < 0) {
      broken(exchange, "closed before the answer's end");
    } else if (!exchange.answer.hasRemaining()) {
      if (exchange.answer.capacity() >= LARGEST_ANSWER) {
        fail(exchange, "too large an answer");
        return;
      }
      exchange.answer.flip();
      exchange.answer = ByteBuffer.allocate(2 * exchange.answer.capacity()).put(exchange.answer);
    }
  }

  private void finish(SelectionKey key, Exchange exchange, Answer answer, boolean closed)
      throws IOException {
    if (!exchange.step.isRight(answer.status())) {
      fail(exchange, "status " + answer.status());
      return;
    }
    exchange.ended = true;
    if (exchange.startedAt >= start) {
      long took = System.nanoTime() - exchange.startedAt;
      requests.add(took);
      second(exchange.startedAt).requests.add(took);
    }
    Guest guest = exchange.guest;
    Step next = guest.next();
    boolean goesOn = guest.keepsConnection && next != null && !closed && !answer.closes();
    if (!goesOn) {
      exchange.channel.close();
    }
    if (next == null) {
      open--;
      guest.end(null);
    } else if (goesOn) {
      again(key, guest, next);
    } else {
      connect(guest, next, System.nanoTime());
    }
  }

  /** A server may close a kept connection at any time: that is no failure, but asked anew. */
  private void broken(Exchange exchange, String why) {
    if (exchange.reused && exchange.answer.position() == 0) {
      exchange.ended = true;
      close(exchange);
      connect(exchange.guest, exchange.step, exchange.startedAt);
    } else {
      fail(exchange, why);
    }
  }

  private void fail(Exchange exchange, String why) {
    exchange.ended = true;
    close(exchange);
    open--;
    exchange.guest.end(why);
  }

  private static void close(Exchange exchange) {
    try {
      if (exchange.channel != null) {
        exchange.channel.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket that cannot be closed", e);
    }
  }

  private void report() {
    double took = (System.nanoTime() - start) / 1e9;
    StringBuilder why = new StringBuilder();
    failures.forEach(
        (name, count) ->
            why.append(why.length() == 0 ? "" : ", ")
                .append('"')
                .append(name.replaceAll("[\"\\\\\\p{Cntrl}]", "?"))
                .append("\": ")
                .append(count));
    System.out.printf(
        Locale.ROOT,
        "{\"began\": %.3f, \"seconds\": %.3f, \"guests\": %d, \"served\": %d, \"failed\": %d, \"failures\": {%s},"
            + " \"most_at_once\": %d, \"late_ms\": %.3f, \"requests\": %s, \"crawls\": %s,"
            + " \"by_second\": [%s]}%n",
        System.currentTimeMillis() / 1e3 - took,
        took,
        arrived,
        served,
        failed,
        why,
        mostOpen,
        latest / 1e6,
        requests.json(),
        crawls.json(),
        String.join(", ", seconds.stream().map(Second::json).toList()));
  }

  /** As much of an HTTP answer as matters here. */
  private record Answer(boolean complete, int status, boolean closes) {
    private static final Answer PARTIAL = new Answer(false, 0, false);

    static Answer of(ByteBuffer buffer, boolean ended) {
      String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
      int head = text.indexOf("\r\n\r\n");
      if (head < 0) {
        return PARTIAL;
      }
      String headers = text.substring(0, head).toLowerCase(Locale.ROOT);
      int status = Integer.parseInt(headers.substring(9, 12));
      int body = text.length() - head - 4;
      boolean closes = headers.contains("\r\nconnection: close") || headers.startsWith("http/1.0");
      int length = headers.indexOf("\r\ncontent-length:");
      boolean complete;
      if (length >= 0) {
        int from = length + "\r\ncontent-length:".length();
        int to = headers.indexOf("\r\n", from);
        String digits = headers.substring(from, to < 0 ? headers.length() : to).trim();
        complete = body >= Integer.parseInt(digits);
      } else if (headers.contains("\r\ntransfer-encoding: chunked")) {
        complete = text.endsWith("\r\n0\r\n\r\n");
      } else {
        complete = ended || status == 204 || status == 304;
      }
      return new Answer(complete, status, closes);
    }
  }

  /** What began within a second of a storm. */
  private static final class Second {
    private final Samples requests = new Samples();
    private final Samples crawls = new Samples();
    private int failed;

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"failed\": %d, \"requests\": %s, \"crawls\": %s}",
          failed,
          requests.json(),
          crawls.json());
    }
  }

  /** Durations in nanoseconds, all of them. */
  private static final class Samples {
    private long[] values = new long[1 << 12];
    private int count;

    void add(long nanos) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = nanos;
    }

    String json() {
      Arrays.sort(values, 0, count);
      return String.format(
          Locale.ROOT,
          "{\"count\": %d, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f}",
          count,
          at(0.5),
          at(0.99),
          at(1));
    }

    private double at(double share) {
      return count == 0 ? 0 : values[(int) Math.ceil(share * count) - 1] / 1e6;
    }
  }
}
