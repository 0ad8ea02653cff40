// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * The signals that tell this process to end. We hear them ourselves, for what the JDK does of its
 * own is to run all shutdown hooks at the same time: Liberty's, the embedded database's and that
 * which closes the log, while guests are still being answered.
 *
 * <p>By reflection, since the compiler warns of {@code sun.misc.Signal}, which is the JDK's only
 * way (module {@code jdk.unsupported}, in every JDK since 9).
 */
final class Signals {
  private static final List<String> ENDING = List.of("TERM", "INT", "HUP");

  private Signals() {}

  /**
   * Has something done at each of them, on a thread of its own each time. Where the JVM may not
   * hear them ({@code -Xrs}), they end the process at once.
   */
  static void onEnding(Runnable deed) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handler);
      for (String name : ENDING) {
        handle.invoke(
            null, signal.getConstructor(String.class).newInstance(name), heard(handler, deed));
      }
    } catch (ReflectiveOperationException e) {
      System.getLogger(Signals.class.getName())
          .log(System.Logger.Level.WARNING, "SIGTERM will end the process at once", e);
    }
  }

  private static Object heard(Class<?> handler, Runnable deed) {
    return Proxy.newProxyInstance(
        Signals.class.getClassLoader(),
        new Class<?>[] {handler},
        (proxy, called, arguments) -> {
          if (called.getDeclaringClass() == handler) {
            deed.run();
          }
          return null;
        });
  }
}
