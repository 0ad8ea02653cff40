// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.novacompat.metadata.fixture.RunningService;

/**
 * The MBeans of a running service.
 *
 * @param connector its JMX agent, reached by attaching to its process
 */
record RemoteJvm(JMXConnector connector) implements AutoCloseable {
  static RemoteJvm of(RunningService service) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(service.pid()));
    try {
      return new RemoteJvm(
          JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
    } finally {
      machine.detach();
    }
  }

  MBeanServerConnection beans() throws IOException {
    return connector.getMBeanServerConnection();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
