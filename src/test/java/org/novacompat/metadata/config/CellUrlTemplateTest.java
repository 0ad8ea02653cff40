// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected is what nova 26 gave for the same. */
class CellUrlTemplateTest {
  private static final String PLAIN = "mysql+pymysql://nova:pw@db/nova";

  @ParameterizedTest
  @CsvSource({
    "{scheme}://{username}:{password}@{hostname}:{port}/nova_cell2?charset=utf8,"
        + "mysql+pymysql://nova:p%40ss@DB.example:3307/nova?charset=utf8,"
        + "mysql+pymysql://nova:p%40ss@db.example:3307/nova_cell2?charset=utf8",
    "{scheme}://{username}:{password}@{hostname}:{port}/{path}?{query}#{fragment},"
        + "mysql+pymysql://nova:a:b@[fd00::1]:3306/nova?charset=utf8&x=1#f,"
        + "mysql+pymysql://nova:a:b@fd00::1:3306/nova?charset=utf8&x=1#f",
    "{scheme}://{username}:{password}@{hostname}/{path}?{query},"
        + "mysql://nova@db/nova,"
        + "mysql://nova:None@db/nova?",
    "{scheme}|{hostname}|{path}|{query},"
        + "mysql+pymysql://nova:pw@/nova?unix_socket=/run/mysqld.sock,"
        + "mysql+pymysql|None|nova|unix_socket=/run/mysqld.sock",
    "{scheme}|{hostname}|{username}|{password},MySQL://:@h:/x,mysql|h||",
    "{username}|{hostname}|{port},mysql://a@b@h:1/x,a@b|h|1",
    "{port},mysql://h:/x,None",
    "{path},mysql://h//x/y/,x/y/",
    "{path}|{query},mysql://h?q=1,|q=1",
    "{path},nova,nova",
    "{{x}} {port},mysql://nova:pw@db/nova,{x} None",
    "mysql://u:p@h/no_template,mysql://nova:pw@db/nova,mysql://u:p@h/no_template",
  })
  void fillsInWhatNovaFillsIn(String template, String database, String expected) {
    assertEquals(expected, new CellUrlTemplate(database).fill(template));
  }

  @ParameterizedTest
  @CsvSource({"{nothing}", "{", "}", "{}", "{scheme}{"})
  void refusesWhatNovaCannotFormat(String template) {
    CellUrlTemplate url = new CellUrlTemplate(PLAIN);
    assertThrows(IllegalArgumentException.class, () -> url.fill(template));
  }

  @ParameterizedTest
  @CsvSource({"mysql://nova:pw@db:x/nova", "mysql://h:70000/x", "mysql://nova:p#w@h/x"})
  void refusesAnAddressThatPythonCannotTakeApart(String database) {
    assertThrows(IllegalArgumentException.class, () -> new CellUrlTemplate(database));
  }

  @Test
  void aRefusalDoesNotQuoteThePassword() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new CellUrlTemplate(PLAIN).fill("mysql://nova:s3cr3t@{host}/x"));
    assertFalse(refusal.getMessage().contains("s3cr3t"));
  }
}
