// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import org.novacompat.metadata.command.CommandException;

/**
 * One of the kernel's two ways to hold rules. Reads and changes no rules but those that this
 * command adds. What asks the host throws a {@link CommandException} where a program is missing or
 * fails.
 */
interface Backend {
  /** The name by which an operator chooses it, and of the package that brings its programs. */
  String name();

  /** Whether its programs are on this host. */
  boolean isInstalled();

  /** The file that makes a host hold the rules: {@link #apply} feeds it to the back end. */
  String print(DesiredState desired);

  /** The rules of {@link #print} as {@link #inForce} gives them. */
  List<String> expected(DesiredState desired);

  /** The rules of this command that the host holds; empty without any. */
  List<String> inForce();

  /** Puts the rules of {@link #print} in place of those that are there, at a stroke. */
  void apply(DesiredState desired);

  /** Removes all rules of this command, and tells whether there were any. */
  boolean remove();
}
