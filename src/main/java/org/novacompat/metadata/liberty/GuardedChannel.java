// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import com.ibm.websphere.channelfw.ChannelData;
import com.ibm.wsspi.channelfw.Channel;
import com.ibm.wsspi.channelfw.ConnectionLink;
import com.ibm.wsspi.channelfw.DiscriminationProcess;
import com.ibm.wsspi.channelfw.Discriminator;
import com.ibm.wsspi.channelfw.InboundChannel;
import com.ibm.wsspi.channelfw.VirtualConnection;
import com.ibm.wsspi.channelfw.exception.ChannelException;
import java.util.concurrent.TimeUnit;

/** Puts a guard before each connection of Liberty's HTTP channel of one endpoint. */
final class GuardedChannel implements InboundChannel, Discriminator {
  private static final long MAX_WAIT_MILLIS = 5_000;

  private final InboundChannel http;
  private final EndpointConnections connections;

  GuardedChannel(InboundChannel http, EndpointConnections connections) {
    this.http = http;
    this.connections = connections;
  }

  @Override
  public ConnectionLink getConnectionLink(VirtualConnection connection) {
    return new GuardedLink(connection, http.getConnectionLink(connection), connections);
  }

  /** There is no other protocol; and Liberty's own look would read a request before the guard. */
  @Override
  public int discriminate(VirtualConnection connection, Object data) {
    return YES;
  }

  @Override
  public void cleanUpState(VirtualConnection connection) {
    http.getDiscriminator().cleanUpState(connection);
  }

  @Override
  public Class<?> getDiscriminatoryDataType() {
    return http.getDiscriminator().getDiscriminatoryDataType();
  }

  @Override
  public int getWeight() {
    return http.getDiscriminator().getWeight();
  }

  @Override
  public Channel getChannel() {
    return this;
  }

  @Override
  public Discriminator getDiscriminator() {
    return this;
  }

  @Override
  public DiscriminationProcess getDiscriminationProcess() {
    return http.getDiscriminationProcess();
  }

  @Override
  public void setDiscriminationProcess(DiscriminationProcess process) {
    http.setDiscriminationProcess(process);
  }

  @Override
  public Class<?> getDiscriminatoryType() {
    return http.getDiscriminatoryType();
  }

  @Override
  public void start() throws ChannelException {
    http.start();
  }

  /** Waits for arriving requests, as Liberty waits for those that it knows. */
  @Override
  public void stop(long millis) throws ChannelException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(millis, MAX_WAIT_MILLIS));
    try {
      while (millis > 0 && connections.isRequestArriving() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.stop(millis);
  }

  @Override
  public void init() throws ChannelException {
    http.init();
  }

  @Override
  public void destroy() throws ChannelException {
    http.destroy();
  }

  @Override
  public String getName() {
    return http.getName();
  }

  @Override
  public Class<?> getApplicationInterface() {
    return http.getApplicationInterface();
  }

  @Override
  public Class<?> getDeviceInterface() {
    return http.getDeviceInterface();
  }

  @Override
  public void update(ChannelData data) {
    http.update(data);
  }
}
