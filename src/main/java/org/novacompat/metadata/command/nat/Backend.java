// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

/** One of the kernel's ways to hold rules. Touches no rule but this project's own. */
interface Backend {

  /** What a back end holds of ours. */
  enum State {
    /** Nothing. */
    NONE,
    /** Just what is wanted. */
    AS_WANTED,
    /** Something else. */
    OTHERWISE
  }

  /** The name by which an operator chooses it. */
  String name();

  /** Whether its programs are on this host. */
  boolean isInstalled();

  /** The file that makes a host hold the rules, when it holds none of ours. */
  String file(Rules rules);

  /** Compares what the host holds with what it should hold. */
  State state(Rules rules) throws NatException;

  /** Makes the host hold these rules and no others of ours, at a stroke. */
  void apply(Rules rules) throws NatException;

  /**
   * Removes whatever is ours.
   *
   * @return whether there was anything
   */
  boolean remove() throws NatException;
}
