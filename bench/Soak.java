// SPDX-License-Identifier: Apache-2.0
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Requests that are new in every place that a guest can fill: method, version, header names, path,
 * query, Host, addresses, UUIDs, cookies, bodies, conditions, tokens of the headers about the
 * connection and absolute-form targets; one in ten is an ordinary one. The n-th request is the same
 * in each run. A few connections in closed loops, kept as long as the server keeps them.
 *
 * <p>Prints its findings as one line of JSON: seconds, how many requests had which status ({@code
 * closed}: no answer, {@code silent}: none in time), how many connections it took, and how many
 * ordinary requests were not answered with 200.
 */
public final class Soak {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int ORDINARY_ONE_IN = 10;
  private static final int LARGEST_HEAD = 1 << 16;
  private static final String TOKEN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  private static final List<String> KNOWN_METHODS =
      List.of("GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "PATCH");
  private static final List<String> CONNECTION_HEADERS =
      List.of(
          "Connection",
          "Content-Encoding",
          "Expect",
          "Keep-Alive",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "Via");
  private static final List<String> TREE =
      List.of(
          "/",
          "/latest/",
          "/latest/meta-data/",
          "/latest/meta-data/instance-id",
          "/latest/user-data",
          "/2009-04-04/meta-data/hostname",
          "/openstack",
          "/openstack/latest/meta_data.json",
          "/openstack/latest/network_data.json",
          "/openstack/latest/vendor_data2.json",
          "/openstack/latest/password",
          "/openstack/2018-08-27/meta_data.json",
          "/healthcheck");
  private static final List<String> FOLDERS =
      List.of(
          "/",
          "/latest/",
          "/latest/meta-data/",
          "/latest/meta-data/block-device-mapping/",
          "/2009-04-04/meta-data/public-keys/",
          "/openstack/",
          "/openstack/latest/",
          "/openstack/2018-08-27/");

  private final InetSocketAddress server;
  private final List<Target> targets;
  private final SecretKeySpec secret;
  private final Set<Place> places;
  private final AtomicLong next;
  private final long end;
  private final Map<String, Integer> statuses = new TreeMap<>();
  private int connections;
  private int failed;

  private Soak(Options options) throws IOException {
    this.server = options.address("server");
    this.targets = Files.readAllLines(options.file("targets")).stream().map(Target::of).toList();
    this.secret =
        new SecretKeySpec(options.text("secret").getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    this.places = Place.named(options.text("only"));
    this.next = new AtomicLong(options.integer("from"));
    this.end = next.get() + options.integer("requests");
  }

  /**
   * Runs the command.
   *
   * @param arguments {@code soak} and options
   * @throws Exception when a file cannot be read, or the server does not listen
   */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.parse(arguments);
    Soak soak = new Soak(options);
    long start = System.nanoTime();
    List<Asker> askers = new ArrayList<>();
    for (int i = 0; i < options.integer("connections"); i++) {
      askers.add(soak.new Asker());
    }
    askers.forEach(Thread::start);
    for (Asker asker : askers) {
      asker.join();
      soak.count(asker);
    }
    System.out.printf(
        Locale.ROOT,
        "{\"seconds\": %.3f, \"statuses\": {%s}, \"connections\": %d, \"ordinary_failed\": %d}%n",
        (System.nanoTime() - start) / 1e9,
        soak.statuses.entrySet().stream()
            .map(each -> "\"%s\": %d".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(", ")),
        soak.connections,
        soak.failed);
  }

  private void count(Asker asker) {
    asker.statuses.forEach((status, count) -> statuses.merge(status, count, Integer::sum));
    connections += asker.connections;
    failed += asker.failed;
  }

  /** An instance, and how neutron's agent signs for it. */
  private record Target(String uuid, String signature, String address, String project) {
    static Target of(String line) {
      String[] fields = line.split("\t");
      return new Target(fields[0], fields[1], fields[2], fields[3]);
    }
  }

  /** A request in the making. */
  private static final class Request {
    String method = "GET";
    String target;
    String version = "HTTP/1.1";
    String host = "169.254.169.254";
    String uuid;
    String signature;
    String address;
    String project;
    final StringBuilder headers = new StringBuilder();
    String body = "";

    Request(Target instance, String path) {
      target = path;
      uuid = instance.uuid;
      signature = instance.signature;
      address = instance.address;
      project = instance.project;
    }

    void header(String name, String value) {
      headers.append(name).append(": ").append(value).append("\r\n");
    }

    byte[] bytes() {
      header("X-Instance-ID", uuid);
      header("X-Instance-ID-Signature", signature);
      header("X-Forwarded-For", address);
      header("X-Tenant-ID", project);
      return "%s %s %s\r\nHost: %s\r\n%s\r\n%s"
          .formatted(method, target, version, host, headers, body)
          .getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * A place that a guest can fill, and of how many requests of a mix one has something new there.
   */
  private enum Place {
    METHODS(4) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        request.method = token(random, 1 + random.nextInt(random.nextInt(4) == 0 ? 8000 : 40));
      }
    },
    VERSIONS(16) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        request.version =
            switch (random.nextInt(16)) {
              case 0 -> "HTTP/" + random.nextInt() + "." + random.nextInt();
              case 1, 2, 3, 4 -> "HTTP/1." + random.nextInt(1000);
              case 5, 6, 7, 8 -> "HTTP/" + random.nextInt(1000) + "." + random.nextInt(10);
              case 9, 10, 11, 12 -> token(random, 1 + random.nextInt(30)) + "/1.1";
              default -> token(random, 1 + random.nextInt(4000));
            };
      }
    },
    HEADERS(1) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        for (int i = random.nextInt(6); i >= 0; i--) {
          request.header(
              token(random, 1 + random.nextInt(300)), token(random, random.nextInt(300)));
        }
      }
    },
    TOKENS(2) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        int most = random.nextInt(32) == 0 ? 1000 : 10;
        request.header(
            pick(CONNECTION_HEADERS, random),
            IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(i -> token(random, 1 + random.nextInt(12)))
                .collect(Collectors.joining(", ")));
      }
    },
    PATHS(1) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        String folder = pick(FOLDERS, random);
        String name = token(random, 1 + random.nextInt(random.nextInt(16) == 0 ? 4000 : 60));
        request.target =
            switch (random.nextInt(6)) {
              case 0 -> "/openstack/%04d-%02d-%02d/meta_data.json".formatted(date(random));
              case 1 -> "/%04d-%02d-%02d/meta-data/".formatted(date(random));
              case 2 -> folder + "%%%02x".formatted(random.nextInt(256)) + name;
              case 3 -> pick(TREE, random) + ";jsessionid=" + name;
              default -> folder + name;
            };
      }
    },
    QUERIES(1) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        request.target +=
            "?" + token(random, 1 + random.nextInt(60)) + "=" + token(random, random.nextInt(500));
      }
    },
    HOSTS(1) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        String name = token(random, 1 + random.nextInt(random.nextInt(8) == 0 ? 2000 : 60));
        request.host =
            switch (random.nextInt(4)) {
              case 0 -> name + ":" + random.nextInt(100_000);
              case 1 -> "[2001:db8::%x:%x]".formatted(random.nextInt(65536), random.nextInt(65536));
              default -> name;
            };
      }
    },
    ADDRESSES(1) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        switch (random.nextInt(4)) {
          case 0 -> request.address = ip(random);
          case 1 -> request.address = ip(random) + ", " + ip(random);
          case 2 -> request.address = token(random, random.nextInt(200));
          default -> request.project = token(random, 32);
        }
        request.header("Forwarded", "for=" + ip(random));
        if (random.nextInt(8) == 0) {
          String provider = new UUID(random.nextLong(), random.nextLong()).toString();
          request.header("X-Metadata-Provider", provider);
          request.header("X-Metadata-Provider-Signature", signed(provider, secret));
        }
      }
    },
    UUIDS(1) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        if (random.nextInt(2) == 0) {
          request.uuid =
              random.nextInt(4) == 0
                  ? token(random, 1 + random.nextInt(200))
                  : new UUID(random.nextLong(), random.nextLong()).toString();
        }
        request.signature =
            random.nextInt(4) == 0 ? token(random, 64) : signed(request.uuid, secret);
      }
    },
    COOKIES(2) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        request.header("Cookie", "JSESSIONID=0000" + token(random, 23) + ":" + token(random, 8));
        request.header("Cookie", token(random, 20) + "=" + token(random, random.nextInt(200)));
        request.header("Authorization", "Basic " + token(random, random.nextInt(100)));
      }
    },
    BODIES(8) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        request.method = pick(KNOWN_METHODS, random);
        if (random.nextInt(2) == 0) {
          request.target = "/openstack/latest/password";
        }
        String text = token(random, random.nextInt(random.nextInt(16) == 0 ? 60_000 : 600));
        request.header("Content-Type", token(random, 10) + "/" + token(random, 10));
        request.header("Content-Encoding", token(random, 10));
        if (random.nextBoolean()) {
          request.header("Content-Length", String.valueOf(text.length()));
          request.body = text;
        } else {
          request.header("Transfer-Encoding", "chunked");
          String chunk = text.isEmpty() ? "" : "%x\r\n%s\r\n".formatted(text.length(), text);
          request.body =
              chunk + "0\r\n" + token(random, 20) + ": " + token(random, 20) + "\r\n\r\n";
        }
      }
    },
    CONDITIONS(2) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        request.header("If-None-Match", '"' + token(random, 30) + '"');
        request.header("If-Modified-Since", token(random, 30));
        request.header("Accept", token(random, 12) + "/" + token(random, 12) + ";q=0.1, */*;q=0.5");
        request.header("Accept-Language", token(random, 8));
        request.header("Accept-Encoding", token(random, 8));
        request.header("Range", "bytes=" + random.nextInt() + "-");
        request.header("Origin", "http://" + token(random, 30));
        request.header("Upgrade", token(random, 10));
        request.header("User-Agent", token(random, 100));
      }
    },
    URIS(8) {
      @Override
      void fill(Request request, SplittableRandom random, SecretKeySpec secret) {
        String scheme = random.nextInt(4) == 0 ? token(random, 10) : "http";
        request.target = scheme + "://" + token(random, 30) + request.target;
      }
    };

    private final int oneIn;

    Place(int oneIn) {
      this.oneIn = oneIn;
    }

    abstract void fill(Request request, SplittableRandom random, SecretKeySpec secret);

    static Set<Place> named(String names) {
      Set<Place> places = EnumSet.noneOf(Place.class);
      for (String name : names.split(",")) {
        if (name.equals("all")) {
          return EnumSet.allOf(Place.class);
        }
        places.add(valueOf(name.toUpperCase(Locale.ROOT)));
      }
      return places;
    }
  }

  private static String pick(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }

  private static String token(SplittableRandom random, int length) {
    StringBuilder token = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      token.append(TOKEN.charAt(random.nextInt(TOKEN.length())));
    }
    return token.toString();
  }

  private static String ip(SplittableRandom random) {
    return random.nextInt(4) == 0
        ? "2001:db8::%x:%x".formatted(random.nextInt(65536), random.nextInt(65536))
        : "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  private static Object[] date(SplittableRandom random) {
    return new Object[] {random.nextInt(10_000), random.nextInt(100), random.nextInt(100)};
  }

  private static String signed(String id, SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One connection's loop. */
  private final class Asker extends Thread {
    private final Map<String, Integer> statuses = new TreeMap<>();
    private Socket socket;
    private InputStream in;
    private int connections;
    private int failed;

    @Override
    public void run() {
      try {
        for (long n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
          String status = ask(n);
          statuses.merge(status, 1, Integer::sum);
          if (n % ORDINARY_ONE_IN == 0 && !status.equals("200")) {
            failed++;
          }
        }
        close();
      } catch (IOException e) {
        // the server is gone, which whoever started it sees
        statuses.merge("unreachable", 1, Integer::sum);
      }
    }

    private String ask(long n) throws IOException {
      SplittableRandom random = new SplittableRandom(n);
      Request request =
          new Request(targets.get(random.nextInt(targets.size())), pick(TREE, random));
      if (n % ORDINARY_ONE_IN == 0) {
        request.target = "/openstack/latest/meta_data.json";
      } else {
        for (Place place : places) {
          if (places.size() == 1 || random.nextInt(place.oneIn) == 0) {
            place.fill(request, random, secret);
          }
        }
      }
      byte[] bytes = request.bytes();
      boolean reused = socket != null;
      try {
        return exchange(bytes, request.method);
      } catch (SocketTimeoutException e) {
        close();
        return "silent";
      } catch (IOException e) {
        close();
        // a kept connection may have been closed before the request came
        return reused ? askAnew(bytes, request.method) : "closed";
      }
    }

    private String askAnew(byte[] bytes, String method) throws IOException {
      connect();
      try {
        return exchange(bytes, method);
      } catch (IOException e) {
        close();
        return "closed";
      }
    }

    private void connect() throws IOException {
      socket = new Socket(server.getAddress(), server.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
      connections++;
    }

    private void close() throws IOException {
      if (socket != null) {
        socket.close();
        socket = null;
      }
    }

    private String exchange(byte[] request, String method) throws IOException {
      if (socket == null) {
        connect();
      }
      socket.getOutputStream().write(request);
      String head = head();
      while (head.startsWith("HTTP/1.1 100")) {
        head = head();
      }
      String headers = head.toLowerCase(Locale.ROOT);
      boolean ends = !readBody(headers, method);
      if (ends || headers.contains("\r\nconnection: close") || !headers.startsWith("http/1.1")) {
        close();
      }
      return head.split(" ", 3)[1];
    }

    private String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream(512);
      for (int matched = 0; matched < 4; ) {
        int octet = in.read();
        if (octet < 0 || head.size() > LARGEST_HEAD) {
          throw new EOFException("no answer");
        }
        head.write(octet);
        matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
      }
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (!text.startsWith("HTTP/") || text.length() < 16) {
        throw new IOException("no HTTP");
      }
      return text;
    }

    /** Reads a body to its end, and tells whether the connection goes on. */
    private boolean readBody(String headers, String method) throws IOException {
      int length = headers.indexOf("\r\ncontent-length:");
      if (method.equals("HEAD") || headers.startsWith(" 304 ", 8)) {
        return true;
      } else if (length >= 0) {
        int from = length + "\r\ncontent-length:".length();
        in.skipNBytes(
            Long.parseLong(headers.substring(from, headers.indexOf("\r\n", from)).trim()));
        return true;
      }
      in.transferTo(OutputStream.nullOutputStream());
      return false;
    }
  }
}
