// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class SeldomTest {
  private final List<String> lines = new ArrayList<>();
  private final Seldom seldom = new Seldom(new Lines());

  @Test
  void saysOneLineASecondAndHowManyItLeftOut() throws Exception {
    seldom.log(Level.WARNING, "first");
    seldom.log(Level.WARNING, "second");
    seldom.log(Level.WARNING, "third");
    Thread.sleep(1_050);
    seldom.log(Level.WARNING, "fourth");
    assertEquals(List.of("first", "fourth (and 2 more)"), lines);
  }

  @Test
  void letsNoStrangerStartALineOfHisOwn() {
    seldom.log(Level.WARNING, "no instance a\nforged");
    assertEquals(List.of("no instance a?forged"), lines);
  }

  private final class Lines implements System.Logger {
    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
      lines.add(text);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      lines.add(format);
    }
  }
}
