// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration on a command line: files and directories to read, and values of options. Their
 * order among each other counts, for the last one wins ({@code oslo_config/cfg.py:
 * _Namespace._parse_cli_opts_from_config_file}).
 *
 * @param inOrder each of them, in the command line's order
 */
public record Arguments(List<Argument> inOrder) {
  /** Stands in no argument: the kernel ends arguments with it. */
  private static final String SEPARATOR = "\0";

  private static final String READ = "read";
  private static final String SET = "set";

  /** One argument. */
  public sealed interface Argument {}

  /**
   * A file to read, or a directory whose fragments are to be read.
   *
   * @param path the file or the directory
   */
  public record Read(Path path) implements Argument {

    /**
     * One as a user writes it.
     *
     * @param path a path that may be relative, or begin with {@code ~} for the user's home
     */
    public static Read written(Path path) {
      return new Read(ConfigPaths.here(System.getenv()).expanded(path).toAbsolutePath());
    }
  }

  /**
   * An option's value.
   *
   * @param option the option of nova.conf
   * @param text the value, as it would stand there
   * @param written by what the command line sets it: {@code --log-file}
   */
  public record Set(OptionName option, String text, String written) implements Argument {}

  /** The arguments of a command line that names files and directories only. */
  public static Arguments reading(List<Path> paths) {
    return new Arguments(paths.stream().<Argument>map(Read::new).toList());
  }

  /** These, and others after them. */
  public Arguments and(Arguments others) {
    return new Arguments(Stream.concat(inOrder.stream(), others.inOrder.stream()).toList());
  }

  /** The files and directories. */
  public List<Path> paths() {
    return inOrder.stream()
        .filter(Read.class::isInstance)
        .map(argument -> ((Read) argument).path())
        .toList();
  }

  /** One text that holds them all, for a system property. */
  public String encoded() {
    return inOrder.stream()
        .flatMap(Arguments::words)
        .map(word -> word + SEPARATOR)
        .collect(Collectors.joining());
  }

  private static Stream<String> words(Argument argument) {
    if (argument instanceof Set set) {
      OptionName option = set.option();
      return Stream.of(SET, option.group(), option.name(), set.text(), set.written());
    }
    return Stream.of(READ, ((Read) argument).path().toString());
  }

  /** What {@link #encoded} made the text of. */
  public static Arguments decoded(String text) {
    List<Argument> arguments = new ArrayList<>();
    Iterator<String> words = List.of(text.split(SEPARATOR, -1)).iterator();
    for (String kind = words.next(); !kind.isEmpty(); kind = words.next()) {
      arguments.add(
          kind.equals(READ)
              ? new Read(Path.of(words.next()))
              : new Set(new OptionName(words.next(), words.next()), words.next(), words.next()));
    }
    return new Arguments(arguments);
  }
}
