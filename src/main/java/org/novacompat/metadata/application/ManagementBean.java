// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Publishes the application's MXBeans. */
public final class ManagementBean {
  private static final String DOMAIN = "org.novacompat.metadata:type=";

  private ManagementBean() {}

  /**
   * Publishes a bean, in the place of any that was published under this name before.
   *
   * @param type its name, in {@code org.novacompat.metadata:type=NAME}
   * @param bean an MXBean
   * @return ends it
   * @throws IllegalStateException when the JVM does not take it
   */
  public static AutoCloseable publish(String type, Object bean) {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName name = new ObjectName(DOMAIN + type);
      if (server.isRegistered(name)) {
        server.unregisterMBean(name);
      }
      server.registerMBean(bean, name);
      return () -> server.unregisterMBean(name);
    } catch (JMException e) {
      throw new IllegalStateException(DOMAIN + type + " cannot be published", e);
    }
  }
}
