// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Handles the signals that end this process. The JDK's own handler would run all shutdown hooks at
 * the same time, Liberty's, the embedded database's and the log's, while guests are still served.
 *
 * <p>Uses reflection, since the compiler warns of {@code sun.misc.Signal}, the JDK's only way
 * (module {@code jdk.unsupported}, in every JDK since 9).
 */
final class Signals {
  private static final List<String> ENDING = List.of("TERM", "INT", "HUP");

  private Signals() {}

  /**
   * Runs an action at each of them, on a new thread each time. Where the JVM does not handle
   * signals ({@code -Xrs}), they end the process at once.
   */
  static void onEnding(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      for (String name : ENDING) {
        handle.invoke(
            null, signal.getConstructor(String.class).newInstance(name), handling(handler, action));
      }
    } catch (ReflectiveOperationException e) {
      System.getLogger(Signals.class.getName())
          .log(System.Logger.Level.WARNING, "SIGTERM will end the process at once", e);
    }
  }

  private static Object handling(Class<?> handler, Runnable action) {
    return Proxy.newProxyInstance(
        Signals.class.getClassLoader(),
        new Class<?>[] {handler},
        (proxy, called, arguments) -> {
          if (called.getDeclaringClass() == handler) {
            action.run();
          }
          return null;
        });
  }
}
