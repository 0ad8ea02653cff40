// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import com.ibm.wsspi.channelfw.ConnectionLink;
import com.ibm.wsspi.channelfw.VirtualConnection;
import com.ibm.wsspi.channelfw.base.InboundProtocolLink;
import com.ibm.wsspi.tcpchannel.SSLConnectionContext;
import com.ibm.wsspi.tcpchannel.TCPConnectionContext;
import com.ibm.wsspi.tcpchannel.TCPReadCompletedCallback;
import com.ibm.wsspi.tcpchannel.TCPReadRequestContext;
import com.ibm.wsspi.tcpchannel.TCPWriteRequestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Stands for one connection between Liberty's TCP channel, or its SSL channel, and its HTTP
 * channel, and gives each side its view of the other.
 */
final class GuardedLink extends InboundProtocolLink
    implements TCPConnectionContext, TCPReadCompletedCallback {
  private final ConnectionLink http;
  private final EndpointConnections connections;
  private TCPConnectionContext connection;
  private GuardedReads reads;
  private GuardedWrites writes;

  /**
   * A connection of which nothing was read yet.
   *
   * @param http the HTTP channel's side
   * @param connections those of the endpoint
   */
  GuardedLink(VirtualConnection connection, ConnectionLink http, EndpointConnections connections) {
    this.http = http;
    this.connections = connections;
    init(connection);
  }

  @Override
  public void ready(VirtualConnection virtual) {
    connection = (TCPConnectionContext) getDeviceLink().getChannelAccessor();
    reads = new GuardedReads(this, connection.getReadInterface());
    writes = new GuardedWrites(this, connection);
    http.setDeviceLink(this);
    setApplicationCallback(http);
    if (connection.getSSLContext() == null && connection.getReadInterface().getBuffer() == null) {
      close(virtual, new SocketTimeoutException("nothing was sent"));
    } else if (connections.enter(this, connection.getRemoteAddress())) {
      reads.begin(virtual, this);
    } else {
      reads.refuse();
      close(virtual, new IOException("too many connections of one address"));
    }
  }

  /** The first request has arrived. */
  @Override
  public void complete(VirtualConnection virtual, TCPReadRequestContext read) {
    http.ready(virtual);
  }

  /** There was no first request. */
  @Override
  public void error(VirtualConnection virtual, TCPReadRequestContext read, IOException failure) {
    close(virtual, failure);
  }

  @Override
  public void close(VirtualConnection virtual, Exception failure) {
    ConnectionLink device = getDeviceLink();
    if (device != null
        && (failure != null || !writes.whenWritten(() -> device.close(virtual, null)))) {
      device.close(virtual, failure);
    }
  }

  @Override
  public void destroy(Exception failure) {
    connections.leave(this);
    if (reads != null) {
      reads.close();
      writes.close();
    }
    super.destroy(failure);
  }

  @Override
  public Object getChannelAccessor() {
    return this;
  }

  /** Whether a part of a request has arrived. */
  boolean isRequestArriving() {
    return reads.isRequestArriving();
  }

  GuardedWrites writes() {
    return writes;
  }

  /** The time in which a request must have arrived. */
  Duration requestTime() {
    return connections.requestTime();
  }

  /** Runs a task in another thread; null, as a read or write that has not ended returns. */
  VirtualConnection later(Runnable task) {
    ConnectionGuard.executor().execute(task);
    return null;
  }

  @Override
  public TCPReadRequestContext getReadInterface() {
    return reads;
  }

  @Override
  public TCPWriteRequestContext getWriteInterface() {
    return writes;
  }

  @Override
  public InetAddress getRemoteAddress() {
    return connection.getRemoteAddress();
  }

  @Override
  public int getRemotePort() {
    return connection.getRemotePort();
  }

  @Override
  public InetAddress getLocalAddress() {
    return connection.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return connection.getLocalPort();
  }

  @Override
  public SSLConnectionContext getSSLContext() {
    return connection.getSSLContext();
  }
}
