// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

/** The addresses that every guest asks, on TCP port 80: one for each IP version. */
enum MetadataAddress {
  /** Of the link-local range of RFC 3927, though most guests reach it through their gateway. */
  IPV4("169.254.169.254", 32, "-4"),
  /** Link-local as IPv6 knows it: never routed, so a neighbour of the guest must have it. */
  IPV6("fe80::a9fe:a9fe", 128, "-6");

  static final int PORT = 80;

  private final String text;
  private final int bits;
  private final String option;

  MetadataAddress(String text, int bits, String option) {
    this.text = text;
    this.bits = bits;
    this.option = option;
  }

  /** The address alone. */
  String text() {
    return text;
  }

  /** The address as a network of one: {@code 169.254.169.254/32}. */
  String network() {
    return text + "/" + bits;
  }

  /** What the iptables and ip commands call this IP version: {@code -4}. */
  String option() {
    return option;
  }

  /** Address and port: {@code [fe80::a9fe:a9fe]:80}. */
  @Override
  public String toString() {
    return (this == IPV6 ? "[" + text + "]" : text) + ":" + PORT;
  }
}
