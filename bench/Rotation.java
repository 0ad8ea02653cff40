// SPDX-License-Identifier: Apache-2.0
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Asks several servers in turn, one request at a time and one kept connection to each, so that
 * whatever disturbs the machine disturbs them alike; each server has instances of its own. Prints
 * each one's latencies as a line of JSON.
 */
public final class Rotation {
  private static final int TIMEOUT_MILLIS = 30_000;

  private Rotation() {}

  /**
   * Runs the command.
   *
   * @param arguments how many requests to leave out of account for each server, how many to count,
   *     a file of paths, and for each server its host:port and a file of its instances
   * @throws IOException when a server does not answer
   */
  public static void main(String[] arguments) throws IOException {
    int unmeasured = Integer.parseInt(arguments[0]);
    int measured = Integer.parseInt(arguments[1]);
    List<String> paths = Files.readAllLines(Path.of(arguments[2]));
    List<Server> servers = new ArrayList<>();
    for (int i = 3; i + 1 < arguments.length; i += 2) {
      servers.add(Server.open(arguments[i], Path.of(arguments[i + 1]), measured));
    }
    for (int i = 0; i < unmeasured + measured; i++) {
      for (int j = 0; j < servers.size(); j++) {
        // whoever comes first in a round has cooler caches: not always the same
        Server server = servers.get((i + j) % servers.size());
        long nanos = server.ask(i, paths.get(i % paths.size()));
        if (i >= unmeasured) {
          server.nanos[i - unmeasured] = nanos;
        }
      }
    }
    for (Server server : servers) {
      System.out.println(server.json());
      server.socket.close();
    }
  }

  private static final class Server {
    final Socket socket;
    final long[] nanos;
    private final InputStream in;
    private final List<String> headers = new ArrayList<>();

    private Server(Socket socket, int measured) throws IOException {
      this.socket = socket;
      this.nanos = new long[measured];
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Server open(String address, Path targets, int measured) throws IOException {
      int colon = address.lastIndexOf(':');
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          TIMEOUT_MILLIS);
      Server server = new Server(socket, measured);
      for (String line : Files.readAllLines(targets)) {
        String[] fields = line.split("\t");
        server.headers.add(
            "Host: 169.254.169.254\r\nX-Instance-ID: %s\r\nX-Instance-ID-Signature: %s\r\nX-Forwarded-For: %s\r\nX-Tenant-ID: %s\r\n\r\n"
                .formatted(fields[0], fields[1], fields[2], fields[3]));
      }
      return server;
    }

    long ask(int number, String path) throws IOException {
      byte[] request =
          ("GET " + path + " HTTP/1.1\r\n" + headers.get(number % headers.size()))
              .getBytes(StandardCharsets.US_ASCII);
      long start = System.nanoTime();
      socket.getOutputStream().write(request);
      int length = -1;
      String status = line();
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(header.substring(header.indexOf(':') + 1).trim());
        }
      }
      if (!status.contains(" 200 ") || length < 0) {
        throw new IOException(path + ": " + status);
      }
      in.readNBytes(length);
      return System.nanoTime() - start;
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("the server closed the connection");
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    String json() {
      Arrays.sort(nanos);
      return String.format(
          Locale.ROOT,
          "{\"count\": %d, \"p50_ms\": %.4f, \"p90_ms\": %.4f, \"p99_ms\": %.4f, \"mean_ms\": %.4f}",
          nanos.length,
          at(0.5),
          at(0.9),
          at(0.99),
          Arrays.stream(nanos).average().orElse(0) / 1e6);
    }

    private double at(double share) {
      return nanos[Math.max(0, (int) Math.ceil(share * nanos.length) - 1)] / 1e6;
    }
  }
}
