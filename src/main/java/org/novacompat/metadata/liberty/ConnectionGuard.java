// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import com.ibm.websphere.channelfw.osgi.ChannelFactoryProvider;
import com.ibm.wsspi.channelfw.ChannelFactory;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Registers a guard before Liberty's HTTP channel, on every endpoint: requests that are not
 * HTTP/1.1 do not reach it, and slow peers hold no thread. It is an OSGi service of a Liberty
 * feature; what it uses is public but not Liberty's SPI, so each version of Liberty is tested with
 * it ({@code docs/liberty-http.md}).
 */
public final class ConnectionGuard implements ChannelFactoryProvider {
  private static final String HTTP = "HTTPInboundChannel";
  private static final int FIRST_ERROR = 400;
  private static final int END_OF_ERRORS = 600;
  private static final int REQUEST_TIMEOUT = 408;

  private static volatile Executor executor = Runnable::run;
  private static volatile Class<? extends ChannelFactory> unguarded;

  /**
   * Made by the service registry of OSGi, before the first endpoint is.
   *
   * @param executor Liberty's
   * @param http the provider of Liberty's HTTP channel
   * @throws ReflectiveOperationException when this is another Liberty than is known
   */
  public ConnectionGuard(ExecutorService executor, ChannelFactoryProvider http)
      throws ReflectiveOperationException {
    ConnectionGuard.executor = executor;
    unguarded = http.getTypes().get(HTTP);
    keepConnectionsAfterRefusals();
  }

  /** The channel framework takes the factory of the last provider of a type. */
  @Override
  public Map<String, Class<? extends ChannelFactory>> getTypes() {
    return Map.of(HTTP, GuardedChannelFactory.class);
  }

  @Override
  public void init() {
    // nothing is left to be done
  }

  /** Liberty's own factory of HTTP channels. */
  static Class<? extends ChannelFactory> unguarded() {
    return unguarded;
  }

  /** Runs work that no thread waits for. */
  static Executor executor() {
    return executor;
  }

  /**
   * Liberty closes a connection after each status that it knows as an error. The statuses are known
   * by a table, in which the last one that is made with a number stands.
   */
  private static void keepConnectionsAfterRefusals() throws ReflectiveOperationException {
    Class<?> statuses = Class.forName("com.ibm.wsspi.http.channel.values.StatusCodes");
    for (int code = FIRST_ERROR; code < END_OF_ERRORS; code++) {
      Object status = statuses.getMethod("getByOrdinal", int.class).invoke(null, code);
      if (status != null && code != REQUEST_TIMEOUT) {
        statuses
            .getConstructor(int.class, String.class, boolean.class)
            .newInstance(code, statuses.getMethod("getDefaultPhrase").invoke(status), false);
      }
    }
  }
}
