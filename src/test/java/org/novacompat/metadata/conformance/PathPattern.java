// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Paths written short, as the recordings hold them: {@code {a,b}} is a or b, {@code {first..last}}
 * every version from first to last, an empty alternative nothing.
 *
 * @param text such as <code>/{1.0..2007-03-01,latest}{,/meta-data}</code>
 */
record PathPattern(String text) {
  /** nova's EC2 versions, oldest first. */
  static final List<String> EC2 =
      List.of(
          "1.0",
          "2007-01-19",
          "2007-03-01",
          "2007-08-29",
          "2007-10-10",
          "2007-12-15",
          "2008-02-01",
          "2008-09-01",
          "2009-04-04",
          "latest");

  /** nova's OpenStack versions as of Zed, oldest first. */
  static final List<String> OPENSTACK =
      List.of(
          "2012-08-10",
          "2013-04-04",
          "2013-10-17",
          "2015-10-15",
          "2016-06-30",
          "2016-10-06",
          "2017-02-22",
          "2018-08-27",
          "2020-10-14",
          "latest");

  private static final Pattern BRACES = Pattern.compile("\\{([^}]*)}");

  /** Every path that the pattern stands for. */
  List<String> paths() {
    return expanded(text).toList();
  }

  private Stream<String> expanded(String pattern) {
    final Matcher braces = BRACES.matcher(pattern);
    if (!braces.find()) {
      return Stream.of(pattern);
    }
    final String before = pattern.substring(0, braces.start());
    final String after = pattern.substring(braces.end());
    return Stream.of(braces.group(1).split(",", -1))
        .flatMap(this::versions)
        .flatMap(alternative -> expanded(after).map(rest -> before + alternative + rest));
  }

  private Stream<String> versions(String alternative) {
    final int dots = alternative.indexOf("..");
    if (dots < 0) {
      return Stream.of(alternative);
    }
    final List<String> known = text.startsWith("/openstack/") ? OPENSTACK : EC2;
    final int first = known.indexOf(alternative.substring(0, dots));
    final int last = known.indexOf(alternative.substring(dots + 2));
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("no versions " + alternative + " in " + text);
    }
    return known.subList(first, last + 1).stream();
  }
}
