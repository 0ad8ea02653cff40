// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PageTest {
  private final AtomicInteger read = new AtomicInteger();

  private record Named(String id) implements Page.Item {}

  private record Endless(List<Named> items) implements Page<Named> {
    @Override
    public List<Link> links() {
      return List.of(new Link("next"));
    }
  }

  @Test
  void endsWherePagesLeadBackToOneThatWasRead() {
    assertEquals(2, Page.all(counted(marker -> new Endless(List.of(new Named("a"))))).size());
    assertEquals(2, read.get());
  }

  @Test
  void endsWhereNothingMarksTheNextPage() {
    assertEquals(1, Page.all(counted(marker -> new Endless(List.of(new Named(null))))).size());
    assertEquals(1, read.get());
  }

  private Function<String, Endless> counted(Function<String, Endless> from) {
    return marker -> {
      read.incrementAndGet();
      return from.apply(marker);
    };
  }
}
