// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import java.util.Arrays;
import java.util.List;

/**
 * The versions of the OpenStack tree, each named for nova's release and, where a release that can
 * be presented lacks it, with that release's nova ({@code nova/api/metadata/base.py:
 * OPENSTACK_VERSIONS}).
 */
enum OpenStackVersion {
  FOLSOM("2012-08-10"),
  GRIZZLY("2013-04-04"),
  HAVANA("2013-10-17"),
  LIBERTY("2015-10-15"),
  NEWTON_ONE("2016-06-30"),
  NEWTON_TWO("2016-10-06"),
  OCATA("2017-02-22"),
  ROCKY("2018-08-27"),
  VICTORIA("2020-10-14", 22),
  EPOXY("2025-04-04", 31);

  private final String label;
  private final int sinceNova;

  OpenStackVersion(String label) {
    this(label, 0);
  }

  OpenStackVersion(String label, int sinceNova) {
    this.label = label;
    this.sinceNova = sinceNova;
  }

  /**
   * Finds a version.
   *
   * @throws IllegalArgumentException when there is none of that label
   */
  static OpenStackVersion labelled(String label) {
    return Arrays.stream(values())
        .filter(version -> version.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no OpenStack version " + label));
  }

  /** Finds the newest version that a nova has, by its major version. */
  static OpenStackVersion newestOf(int nova) {
    return Arrays.stream(values())
        .filter(version -> version.sinceNova <= nova)
        .reduce(FOLSOM, (older, newer) -> newer);
  }

  /** Gives this version and those before it, oldest first. */
  List<OpenStackVersion> andOlder() {
    return List.of(values()).subList(0, ordinal() + 1);
  }

  /** Gives the version as paths spell it: a date. */
  String label() {
    return label;
  }

  /** Tells whether what came with a version is in this one. */
  boolean isSince(OpenStackVersion since) {
    return compareTo(since) >= 0;
  }
}
