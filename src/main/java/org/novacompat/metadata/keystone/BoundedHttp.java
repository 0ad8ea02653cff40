// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * Asks HTTP servers. An answer arrives whole, within a time and a size, however slowly or endlessly
 * the server sends. A redirect is followed where scheme, host and port stay the same, with the same
 * method, as keystoneauth follows any ({@code keystoneauth1/session.py: _send_request}); any other
 * is refused, because the request holds a token or a password.
 */
final class BoundedHttp {
  private static final int MAX_REDIRECTS = 5;
  private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

  private final HttpClient client;

  static {
    // the JDK keeps idle connections for 20 minutes; firewalls drop them sooner, without a sign
    String keepAlive = "jdk.httpclient.keepalive.timeout";
    System.setProperty(keepAlive, System.getProperty(keepAlive, "30"));
  }

  /** An answer's time or place is not what it must be. */
  static final class RefusedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedAnswerException(String message) {
      super(message);
    }
  }

  /**
   * What the server is allowed.
   *
   * @param slowAt when it is called slow, by {@link System#nanoTime}
   * @param endAt when it is given up, by {@link System#nanoTime}
   * @param maxBytes how long an answer may be, its head not counted
   */
  record Limits(long slowAt, long endAt, long maxBytes) {}

  /**
   * Prepares to ask; nothing is asked yet.
   *
   * @param tls whom to trust and what to show; Java's own choice when empty
   */
  BoundedHttp(Optional<SSLContext> tls) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER);
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /**
   * Asks.
   *
   * @param limits what the server is allowed, redirects included
   * @param slow called once when it is slow
   * @return the answer, whatever its status
   * @throws HttpTimeoutException when it does not end in time
   * @throws RefusedAnswerException when it is too long, or a redirect that is not followed
   * @throws IOException when there is none
   */
  HttpResponse<byte[]> send(HttpRequest request, Limits limits, Runnable slow) throws IOException {
    HttpRequest next = request;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<byte[]> answer = sendOnce(next, limits, slow);
      Optional<String> location = answer.headers().firstValue("Location");
      if (location.isEmpty() || !REDIRECTS.contains(answer.statusCode())) {
        return answer;
      }
      URI place = place(next.uri(), location.get());
      next = HttpRequest.newBuilder(next, (name, value) -> true).uri(place).build();
    }
    throw new RefusedAnswerException("redirects more than " + MAX_REDIRECTS + " times");
  }

  private static URI place(URI from, String location) throws RefusedAnswerException {
    try {
      URI to = from.resolve(location);
      if (origin(to).equals(origin(from))) {
        return to;
      }
      throw new RefusedAnswerException(
          "redirects to " + origin(to) + ", another server, and is not followed");
    } catch (IllegalArgumentException e) {
      throw new RefusedAnswerException("redirects to what is no URL");
    }
  }

  private static String origin(URI uri) {
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
  }

  private HttpResponse<byte[]> sendOnce(HttpRequest request, Limits limits, Runnable slow)
      throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new Body(limits.maxBytes));
    try {
      return await(answer, limits, slow);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      answer.cancel(true); // closes the connection unless the answer is there
    }
  }

  private static <T> T await(CompletableFuture<T> answer, Limits limits, Runnable slow)
      throws InterruptedException, ExecutionException, TimeoutException {
    long untilSlow = limits.slowAt - System.nanoTime();
    if (untilSlow > 0 && limits.slowAt - limits.endAt < 0) {
      try {
        return answer.get(untilSlow, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        slow.run();
      }
    }
    return answer.get(Math.max(0, limits.endAt - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /** Collects a body of bounded length. */
  private static final class Body implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private long left;
    private Flow.Subscription subscription;

    Body(long maxBytes) {
      this.left = maxBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      whole.onSubscribe(begun);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      left -= part.stream().mapToLong(Buffer::remaining).sum();
      if (left < 0) {
        subscription.cancel();
        whole.onError(new RefusedAnswerException("answers with too many bytes"));
      } else {
        whole.onNext(part);
      }
    }

    @Override
    public void onError(Throwable failure) {
      whole.onError(failure);
    }

    @Override
    public void onComplete() {
      whole.onComplete();
    }
  }
}
