// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What tests share that ask the demo's databases: fresh rows for each test, and a way to them. */
abstract class OnDemoCloud {
  /** The databases. */
  static DemoCloud cloud;

  /** The way to them, anew for each test. */
  NovaDatabase database;

  @BeforeAll
  static void start() throws Exception {
    cloud = DemoCloud.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @BeforeEach
  void openTheDemo() throws Exception {
    cloud.reset();
    open(cloud.settings());
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  /** Goes another way from now on. */
  void open(NovaDatabaseSettings settings) {
    close();
    database = NovaDatabase.open(settings);
  }
}
