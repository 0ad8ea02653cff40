// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.config.oslo.Arguments;
import picocli.CommandLine;

/** What the command line takes is what argparse takes of oslo.config 9, oslo.log 5 and nova 26. */
class NovaOptionsTest {
  @ParameterizedTest
  @CsvSource({
    "--log-file=/l, [DEFAULT] log_file=/l by --log-file",
    "--log-file /l, [DEFAULT] log_file=/l by --log-file",
    "--logfile=/l, [DEFAULT] log_file=/l by --log-file",
    "--log-file=, [DEFAULT] log_file= by --log-file",
    "--log-file=@l, [DEFAULT] log_file=@l by --log-file",
    "--log-date-format=-x, [DEFAULT] log_date_format=-x by --log-date-format",
    "--log-dir /d, [DEFAULT] log_dir=/d by --log-dir",
    "--logdir /d, [DEFAULT] log_dir=/d by --log-dir",
    "--debug, [DEFAULT] debug=true by --debug",
    "-d, [DEFAULT] debug=true by --debug",
    "--nodebug, [DEFAULT] debug=false by --nodebug",
    "--use-syslog, [DEFAULT] use_syslog=true by --use-syslog",
    "--nouse-syslog, [DEFAULT] use_syslog=false by --nouse-syslog",
    "--syslog-log-facility LOG_LOCAL0,"
        + " [DEFAULT] syslog_log_facility=LOG_LOCAL0 by --syslog-log-facility",
    "--use-journal, [DEFAULT] use_journal=true by --use-journal",
    "--nouse-journal, [DEFAULT] use_journal=false by --nouse-journal",
    "--use-json, [DEFAULT] use_json=true by --use-json",
    "--nouse-json, [DEFAULT] use_json=false by --nouse-json",
    "--watch-log-file, [DEFAULT] watch_log_file=true by --watch-log-file",
    "--nowatch-log-file, [DEFAULT] watch_log_file=false by --nowatch-log-file",
    "--log-config-append /c, [DEFAULT] log_config_append=/c by --log-config-append",
    "--log-config /c, [DEFAULT] log_config_append=/c by --log-config-append",
    "--log_config /c, [DEFAULT] log_config_append=/c by --log-config-append",
    "--log-date-format %Y, [DEFAULT] log_date_format=%Y by --log-date-format",
    "--remote_debug-host h, [remote_debug] host=h by --remote_debug-host",
    "--remote_debug-port 1, [remote_debug] port=1 by --remote_debug-port",
    "--logd /d, [DEFAULT] log_dir=/d by --log-dir",
    "--nod, [DEFAULT] debug=false by --nodebug",
    "--de, [DEFAULT] debug=true by --debug",
    "--watch, [DEFAULT] watch_log_file=true by --watch-log-file",
    "--syslog=LOG_LOCAL0, [DEFAULT] syslog_log_facility=LOG_LOCAL0 by --syslog-log-facility",
  })
  void setsWhatNovaConfCould(String line, String set) {
    assertEquals(List.of(set), said(line.split(" ")));
  }

  @Test
  void keepsTheOrderAndTakesAnOptionAgain() {
    assertEquals(
        List.of(
            "[DEFAULT] log_file=a by --log-file",
            "[DEFAULT] debug=true by --debug",
            "/1.conf",
            "[DEFAULT] debug=true by --debug",
            "[DEFAULT] debug=true by --debug",
            "[DEFAULT] debug=false by --nodebug",
            "/2",
            "[DEFAULT] log_file=b by --log-file",
            "/1.conf"),
        said(
            "--log-file=a",
            "-d",
            "--config-file=/1.conf",
            "-dd",
            "--nodebug",
            "--config-dir",
            "/2",
            "--log-file",
            "b",
            "--config-file",
            "/1.conf"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--log /l",
        "--log-c /c",
        "--log_file /l",
        "--log_config_append /c",
        "--log-file",
        "--log-file --debug",
        "--debug=1",
        "--no-debug",
        "--no",
        "-d=1",
        "--use=1",
        "--demon",
        "--dem",
        "--prep",
        "--remote_debug-port x",
        "x",
        "-x",
      })
  void refusesTheRestInALine(String line) {
    StringWriter console = new StringWriter();
    CommandLine command = command().commandLine().setErr(new PrintWriter(console, true));
    String[] words = NovaOptions.expanded(command.getCommandSpec(), line.split(" "));
    assertEquals(2, command.execute(words), line);
    assertTrue(console.toString().endsWith("See 'nova-api-metadata --help'.\n"), line);
    assertTrue(console.toString().lines().count() <= 3, console::toString);
  }

  @Test
  void helpShowsWhatNovaShowsButForFormerNames() {
    String help = command().commandLine().getUsageMessage();
    assertTrue(help.contains("-d, --[no]debug "), help);
    assertTrue(help.contains("--log-file=PATH "), help);
    assertFalse(help.contains("--logfile"), help);
    assertFalse(help.contains("--log_config"), help);
  }

  private static List<String> said(String... line) {
    NovaApiMetadata command = command();
    CommandLine parser = command.commandLine();
    parser.parseArgs(NovaOptions.expanded(parser.getCommandSpec(), line));
    return command.arguments().inOrder().stream().flatMap(NovaOptionsTest::shown).toList();
  }

  private static Stream<String> shown(Arguments.Argument argument) {
    return argument instanceof Arguments.Set set
        ? Stream.of(set.option() + "=" + set.text() + " by " + set.written())
        : Stream.of(((Arguments.Read) argument).path().toString());
  }

  private static NovaApiMetadata command() {
    return new NovaApiMetadata(new PrintStream(PrintStream.nullOutputStream()));
  }
}
