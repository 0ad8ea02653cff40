// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.novacompat.metadata.conformance.KnownAnswer;
import org.novacompat.metadata.fixture.RawHttp;

/** Guests who ask at the same time, each on a connection of its own. */
final class Crowd {
  private Crowd() {}

  /**
   * What one of them got.
   *
   * @param question what it had asked
   * @param reply the answer
   * @param took from the first byte sent until the last one received
   */
  record Got(KnownAnswer question, RawHttp.Reply reply, Duration took) {
    boolean isRight() {
      return question.is(reply);
    }

    @Override
    public String toString() {
      return "%s: %d after %d ms"
          .formatted(question.guest().instance(), reply.status(), took.toMillis());
    }
  }

  static List<Got> asks(URI server, String secret, List<KnownAnswer> questions) throws Exception {
    ExecutorService guests = Executors.newFixedThreadPool(questions.size());
    try {
      List<Callable<Got>> requests = new ArrayList<>();
      for (KnownAnswer question : questions) {
        requests.add(() -> ask(server, secret, question));
      }
      List<Got> got = new ArrayList<>();
      for (Future<Got> answered : guests.invokeAll(requests)) {
        got.add(answered.get());
      }
      return got;
    } finally {
      guests.shutdown();
    }
  }

  private static Got ask(URI server, String secret, KnownAnswer question) throws IOException {
    try (RawHttp http = new RawHttp(server)) {
      long start = System.nanoTime();
      RawHttp.Reply reply = question.ask(http, secret);
      return new Got(question, reply, Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
