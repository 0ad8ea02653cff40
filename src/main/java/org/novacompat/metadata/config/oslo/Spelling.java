// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the option that an operator meant who wrote one that does not exist. */
public final class Spelling {

  private static final int LONG_NAME = 8;

  /** Options that nova had, and that look like others. */
  private static final Set<String> FORMER = Set.of("min_pool_size");

  private Spelling() {}

  /**
   * The known name that differs least, if by no more than a typing error: one letter, or two in a
   * long name, where two letters exchanged count as one.
   */
  public static Optional<String> meant(String written, Collection<String> known) {
    if (FORMER.contains(written)) {
      return Optional.empty();
    }
    String word = written.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> Math.abs(word.length() - name.length()) <= allowed(name))
        .filter(name -> distance(word, name) <= allowed(name))
        .min(Comparator.comparingInt(name -> distance(word, name)));
  }

  private static int allowed(String name) {
    return name.length() < LONG_NAME ? 1 : 2;
  }

  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cheapest(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(int[][] d, String a, String b, int i, int j) {
    int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int cost = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean exchanged =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return exchanged ? Math.min(cost, d[i - 2][j - 2] + 1) : cost;
  }
}
