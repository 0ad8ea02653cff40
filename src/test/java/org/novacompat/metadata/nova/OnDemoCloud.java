// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;

/** What tests share that ask the demo's databases: fresh rows for each test, and a way to them. */
public abstract class OnDemoCloud {
  /** The databases. */
  public static DemoCloud cloud;

  /** The way to them, anew for each test. */
  public NovaDatabase database;

  @BeforeAll
  public static void start() throws Exception {
    cloud = DemoCloud.start();
  }

  @AfterAll
  public static void stop() throws Exception {
    cloud.close();
  }

  @BeforeEach
  public void openTheDemo() throws Exception {
    cloud.reset();
    open(cloud.settings());
  }

  @AfterEach
  public void close() {
    if (database != null) {
      database.close();
    }
  }

  /** Goes another way from now on. */
  public void open(NovaDatabaseSettings settings) {
    close();
    database = NovaDatabase.open(settings);
  }
}
