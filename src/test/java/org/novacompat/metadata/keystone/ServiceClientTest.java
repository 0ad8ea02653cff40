// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.Catalogue;

class ServiceClientTest {
  private final ExecutorService guests = Executors.newCachedThreadPool();
  private final CountDownLatch answers = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private ServiceClient client;

  @AfterEach
  void close() {
    answers.countDown();
    guests.shutdownNow();
    client.close();
  }

  /** Six calls go on without their guests; the seventh is cancelled, and takes no notice of it. */
  @Test
  void aCancelledQuestionIsAskedAnew() throws Exception {
    client = client("timeout = 0.2\n");
    List<Future<Integer>> questions = ask(7);
    for (Future<Integer> question : questions) {
      assertThrows(ExecutionException.class, question::get);
    }
    answers.countDown();
    while (answered.get() < 7) {
      Thread.sleep(5);
    }
    Thread.sleep(100);
    for (int number = 0; number < 7; number++) {
      assertEquals(number, answerOf(number));
    }
    assertEquals(8, asked.get());
  }

  private List<Future<Integer>> ask(int count) throws InterruptedException {
    List<Future<Integer>> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      questions.add(guests.submit(() -> answerOf(number)));
    }
    return questions;
  }

  private int answerOf(Integer number) throws Exception {
    return client.ask(
        number,
        calls -> {
          asked.incrementAndGet();
          awaitAnswers();
          answered.incrementAndGet();
          return number;
        });
  }

  /** However often the thread is interrupted. */
  private void awaitAnswers() {
    while (true) {
      try {
        answers.await();
        return;
      } catch (InterruptedException e) {
        continue;
      }
    }
  }

  private static ServiceClient client(String options) {
    return new ServiceClient(
        "Neutron",
        Conf.of(
            "[neutron]\nauth_type = admin_token\ntoken = t\nendpoint = http://127.0.0.1:9\n"
                + options),
        Catalogue.NEUTRON,
        0,
        "/v2.0");
  }
}
