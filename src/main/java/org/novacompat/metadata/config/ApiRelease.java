// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The OpenStack releases whose metadata API can be presented, oldest first, and what guests could
 * tell them apart by beside the versions of the OpenStack tree.
 */
public enum ApiRelease {
  TRAIN,
  USSURI,
  VICTORIA,
  WALLABY,
  XENA,
  YOGA,
  ZED,
  ANTELOPE("2023.1"),
  BOBCAT("2023.2"),
  CARACAL("2024.1"),
  DALMATIAN("2024.2"),
  EPOXY("2025.1"),
  FLAMINGO("2025.2"),
  GAZPACHO("2026.1"),
  HIBISCUS("2026.2");

  /** The release that the nova database tells. */
  static final String AUTO = "auto";

  /** The major version of nova in TRAIN; each further release has the next one. */
  private static final int FIRST_NOVA = 20;

  private final Optional<String> number;

  ApiRelease() {
    this.number = Optional.empty();
  }

  ApiRelease(String number) {
    this.number = Optional.of(number);
  }

  /** The newest release there is. */
  public static ApiRelease latest() {
    ApiRelease[] all = values();
    return all[all.length - 1];
  }

  /**
   * What {@code [nova_compat] api_release} says.
   *
   * @return the release of a name or a number; empty for {@code auto}, which is the one that the
   *     nova database tells
   * @throws IllegalArgumentException when there is no such release
   */
  static Optional<ApiRelease> choice(String text) {
    return text.equalsIgnoreCase(AUTO) ? Optional.empty() : Optional.of(parse(text));
  }

  /**
   * The release of a name ({@code zed}), of a number ({@code 2023.1}), or the newest ({@code
   * latest}), in letters of either case.
   *
   * @throws IllegalArgumentException when there is no such release
   */
  public static ApiRelease parse(String text) {
    if (text.equalsIgnoreCase("latest")) {
      return latest();
    }
    return Arrays.stream(values())
        .filter(release -> release.isCalled(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  /** The major version of this release's nova. */
  public int nova() {
    return FIRST_NOVA + ordinal();
  }

  /**
   * Tells whether networks are shown as before Zed: the MTU of a link also where a DHCP server
   * tells it ({@code nova/virt/netutils.py: _get_link_mtu} came with nova 26), and the IPv4 part of
   * the built-in {@code nova/virt/interfaces.template} also without an IPv4 address.
   */
  public boolean showsNetworksAsBeforeZed() {
    return compareTo(ZED) < 0;
  }

  /**
   * Tells whether nova reads {@code [api] use_forwarded_for} ({@code nova/conf/api.py}): nova 29
   * removed it.
   */
  public boolean readsUseForwardedFor() {
    return compareTo(CARACAL) < 0;
  }

  /**
   * Tells whether the api-paste.ini that nova ships has the filter {@code http_proxy_to_wsgi} in
   * the pipeline of the metadata API ({@code etc/nova/api-paste.ini}): nova 26 added it.
   */
  public boolean shipsProxyHeadersFilter() {
    return compareTo(ZED) >= 0;
  }

  /** All that {@link #choice} knows, for people. */
  static String names() {
    return Arrays.stream(values())
        .map(ApiRelease::toString)
        .collect(Collectors.joining(", ", AUTO + ", ", " or latest"));
  }

  private boolean isCalled(String text) {
    return name().equalsIgnoreCase(text) || number.filter(text::equals).isPresent();
  }

  /** The release as people write it: {@code zed}, {@code 2025.1 (epoxy)}. */
  @Override
  public String toString() {
    String word = name().toLowerCase(Locale.ROOT);
    return number.map(digits -> digits + " (" + word + ")").orElse(word);
  }
}
