// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

/** The addresses that every guest asks, on TCP port 80: one for each IP version. */
enum MetadataAddress {
  /** Of the link-local range of RFC 3927, though most guests reach it through their gateway. */
  IPV4("169.254.169.254", "/32", "-4", "label lo:" + DesiredState.MARK),
  /**
   * Link-local as IPv6 knows it: never routed, so a neighbour of the guest must have it. On this
   * host it is deprecated from the start, so that the host itself never speaks from it; IPv6
   * addresses have no labels, so its metric marks it.
   */
  IPV6("fe80::a9fe:a9fe", "/128", "-6", "nodad noprefixroute preferred_lft 0 metric 169254");

  static final int PORT = 80;

  private final String text;
  private final String prefix;
  private final String option;
  private final String properties;

  MetadataAddress(String text, String prefix, String option, String properties) {
    this.text = text;
    this.prefix = prefix;
    this.option = option;
    this.properties = properties;
  }

  String text() {
    return text;
  }

  /** The address as a network of one: {@code 169.254.169.254/32}. */
  String network() {
    return text + prefix;
  }

  /** What iptables-restore and ip call this IP version: {@code -4}. */
  String option() {
    return option;
  }

  /** What {@code ip address add} says of it on this host, the mark of this command included. */
  String properties() {
    return properties;
  }

  /** Address and port: {@code [fe80::a9fe:a9fe]:80}. */
  @Override
  public String toString() {
    return (this == IPV6 ? "[" + text + "]" : text) + ":" + PORT;
  }
}
