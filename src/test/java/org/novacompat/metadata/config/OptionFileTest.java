// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values and refusals expected here are those of PyMySQL 1.0.2's parser, on Python 3.11. */
class OptionFileTest {

  @Test
  void readsWhatDeploymentToolsWrite() {
    OptionFile file =
        parse(
            """
            # written by a tool
            [tripleo]
            bind-address=172.17.0.12
            ssl=1
            ssl-ca = '/etc/ipa/ca.crt'

            [client]
            Password : "p = '#1' "
            ssl
            """);
    assertEquals(Optional.of("172.17.0.12"), file.get("tripleo", "bind-address"));
    assertEquals(Optional.of("/etc/ipa/ca.crt"), file.get("tripleo", "ssl-ca"));
    assertEquals(Optional.of("p = '#1' "), file.get("client", "password"));
    assertEquals(Optional.empty(), file.get("client", "ssl"));
    assertEquals(Optional.empty(), file.get("client", "ssl-ca"));
    assertEquals(Optional.empty(), file.get("mysqld", "ssl-ca"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "[c]|a=%(b)s|b=1, %(b)s",
        "[c]|a = 1 # not a comment, 1 # not a comment",
        "[c]|a=1|  2, 1|2",
        "[c]|a=1||  2|, 1||2",
        "[c]|a=1|# x|  b, 1|b",
        "[c]|  a=1|  b=2, 1",
        "[c]|a='1, '1",
        "[c]|a=', '",
        "[c]|a='1' , 1",
        "[DEFAULT]|a=1|[c]|b=2, 1",
        "[DEFAULT]|a=1|[DEFAULT]|[c], 1",
        "[c] x|a=1, 1",
        "[c]|a=1|[d]|a=2, 1"
      })
  void valuesAreThoseOfPython(String text, String value) {
    assertEquals(
        Optional.of(value.replace('|', '\n')), parse(text.replace('|', '\n')).get("c", "a"));
  }

  @ParameterizedTest
  @CsvSource({"[c]|a=", "[c]|a", "[c]|b=1", "[DEFAULT]|a=1", "[DEFAULT]|a=1|[c]|a", "[c]|a=''"})
  void thereIsNoValueWherePythonHasNone(String text) {
    assertEquals(Optional.empty(), parse(text.replace('|', '\n')).get("c", "a"));
  }

  @ParameterizedTest
  @CsvSource({
    "hunter2=1, /my.cnf:1: a line stands before the first group",
    "!includedir /etc/my.cnf.d|[c], /my.cnf:1: a line stands before the first group",
    "[c]|=hunter2, /my.cnf:2: an option has no name",
    "[c]|a=hunter2|A=2, /my.cnf:3: the option is there twice",
    "[c]|a=hunter2|[c], /my.cnf:3: the group is there twice",
    "[c]|a|  hunter2, /my.cnf:3: an indented line continues an option that has no value"
  })
  void refusalsNameTheLineAndShowNothing(String text, String sentence) {
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> parse(text.replace('|', '\n')))
            .getMessage());
  }

  private static OptionFile parse(String text) {
    return OptionFile.parse("/my.cnf", text);
  }
}
