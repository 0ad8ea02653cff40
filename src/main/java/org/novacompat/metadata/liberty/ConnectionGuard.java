// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import com.ibm.wsspi.channelfw.ChannelFramework;
import com.ibm.wsspi.channelfw.ChannelFrameworkFactory;
import com.ibm.wsspi.http.channel.values.StatusCodes;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Puts a guard before Liberty's HTTP channel, on every endpoint: requests that are not HTTP/1.1 do
 * not reach it, and slow peers hold no thread. A service of a feature of Liberty's; what it uses is
 * public, but not Liberty's SPI, so each version of Liberty is tested with it ({@code
 * docs/liberty-http.md}).
 */
public final class ConnectionGuard {
  private static final String HTTP = "HTTPInboundChannel";
  private static final int FIRST_ERROR = 400;
  private static final int END_OF_ERRORS = 600;
  private static final int REQUEST_TIMEOUT = 408;

  private static volatile Executor executor = Runnable::run;

  /**
   * Puts the guard in its place, before the first endpoint is made.
   *
   * @param executor Liberty's
   */
  public ConnectionGuard(ExecutorService executor) {
    ConnectionGuard.executor = executor;
    ChannelFramework framework = ChannelFrameworkFactory.getChannelFramework();
    framework.registerFactory(GuardedChannelFactory.UNGUARDED, framework.lookupFactory(HTTP));
    framework.registerFactory(HTTP, GuardedChannelFactory.class);
    keepConnectionsAfterRefusals();
  }

  /** Where work is done that no thread waits for. */
  static Executor executor() {
    return executor;
  }

  /**
   * Liberty closes a connection after each status that it knows as an error. The statuses are known
   * by a table, in which the last one that is made with a number stands.
   */
  private static void keepConnectionsAfterRefusals() {
    for (int code = FIRST_ERROR; code < END_OF_ERRORS; code++) {
      StatusCodes status = StatusCodes.getByOrdinal(code);
      if (status != null && status.isErrorCode() && code != REQUEST_TIMEOUT) {
        new StatusCodes(code, status.getDefaultPhrase(), false);
      }
    }
  }
}
