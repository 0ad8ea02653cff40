// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.novacompat.metadata.conformance.KnownAnswer;
import org.novacompat.metadata.fixture.RawHttp;

/**
 * Clients that ask all the time, half of them on one connection each as long as it lasts and half
 * on a new one for each request, and that forgive nothing: each request is sent once, and its
 * answer must be nova's.
 */
final class SteadyLoad {
  private static final int CLIENTS = 8;
  private static final long PAUSE_MILLIS = 15;
  private static final int COMPLAINTS_KEPT = 20;

  private final URI server;
  private final String secret;
  private final List<KnownAnswer> questions;
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean ended;

  private SteadyLoad(URI server, String secret, List<KnownAnswer> questions) {
    this.server = server;
    this.secret = secret;
    this.questions = questions;
  }

  static SteadyLoad start(URI server, String secret, List<KnownAnswer> questions) {
    SteadyLoad load = new SteadyLoad(server, secret, questions);
    IntStream.range(0, CLIENTS)
        .forEach(
            client -> load.clients.add(new Thread(() -> load.ask(client), "client " + client)));
    load.clients.forEach(Thread::start);
    return load;
  }

  /** How many requests were sent so far. */
  int asked() {
    return asked.get();
  }

  /** What was not answered as nova does: the first of it. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void end() throws InterruptedException {
    ended = true;
    for (Thread client : clients) {
      client.join();
    }
  }

  private void ask(int client) {
    try (RawHttp http = new RawHttp(server)) {
      for (int i = client; !ended; i += CLIENTS) {
        KnownAnswer question = questions.get(i % questions.size());
        if (client % 2 == 0) {
          ask(question, http);
        } else {
          askOnANewConnection(question);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      complaints.add("a client cannot go on: " + e);
    }
  }

  private void askOnANewConnection(KnownAnswer question) throws IOException {
    try (RawHttp http = new RawHttp(server)) {
      ask(question, http);
    }
  }

  private void ask(KnownAnswer question, RawHttp http) {
    long start = System.nanoTime();
    asked.incrementAndGet();
    try {
      RawHttp.Reply reply = question.ask(http, secret);
      if (!question.is(reply)) {
        complain(question, start, reply.status() + ", " + reply.body().length + " bytes");
      }
    } catch (IOException e) {
      complain(question, start, e.toString());
    }
  }

  private void complain(KnownAnswer question, long start, String got) {
    if (complaints.size() >= COMPLAINTS_KEPT) {
      return;
    }
    complaints.add(
        "%s after %d ms: %s"
            .formatted(question.guest().instance(), (System.nanoTime() - start) / 1_000_000, got));
  }
}
