// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import com.ibm.wsspi.bytebuffer.WsByteBuffer;
import com.ibm.wsspi.channelfw.ChannelFrameworkFactory;
import com.ibm.wsspi.channelfw.VirtualConnection;
import com.ibm.wsspi.tcpchannel.TCPConnectionContext;
import com.ibm.wsspi.tcpchannel.TCPReadCompletedCallback;
import com.ibm.wsspi.tcpchannel.TCPReadRequestContext;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Gives Liberty's HTTP channel what it reads of a connection: one valid request at a time, each of
 * which must have arrived within a total time. The next one is read when the receiver has taken the
 * answer to the last one.
 */
final class GuardedReads implements TCPReadRequestContext {
  private static final int DEFAULT_ROOM = 8192;

  private final GuardedLink link;
  private final TCPReadRequestContext socket;
  private final InboundRequests requests = new InboundRequests();
  private int allocateSize = DEFAULT_ROOM;
  private long wanted = 1;
  private boolean isAllocated;
  // where in the buffer what is read begins
  private int base;
  private volatile long deadline;

  GuardedReads(GuardedLink link, TCPReadRequestContext socket) {
    this.link = link;
    this.socket = socket;
  }

  /** Reads nothing: the connection is refused. */
  void refuse() {
    isAllocated = true;
    release();
  }

  /**
   * Reads the first request, of which some bytes may be there already.
   *
   * @param ready told when it can be given out
   */
  void begin(VirtualConnection connection, TCPReadCompletedCallback ready) {
    isAllocated = true;
    try {
      if (socket.getBuffer() != null && take()) {
        ready.complete(connection, this);
        return;
      }
    } catch (RefusedRequestException e) {
      refuse(connection, ready, e);
      return;
    }
    if (await(connection, ready, false, USE_CHANNEL_TIMEOUT)) {
      ready.complete(connection, this);
    }
  }

  @Override
  public VirtualConnection read(
      long bytes, TCPReadCompletedCallback callback, boolean isQueued, int timeout) {
    if (timeout < NO_TIMEOUT) {
      return socket.read(bytes, callback, isQueued, timeout);
    }
    VirtualConnection connection = link.getVirtualConnection();
    prepare(bytes);
    if (isDone()) {
      requests.next();
      if (link.writes().whenWritten(() -> resume(connection, callback, timeout))) {
        return null;
      }
      if (link.writes().hasFailed()) {
        link.close(connection, new IOException("the last answer could not be written"));
        return null;
      }
      link.writes().next();
    }
    if (!isQueued) {
      return readOn(connection, callback, timeout) ? connection : null;
    }
    if (requests.isBegun()) {
      return link.later(() -> resume(connection, callback, timeout));
    }
    return await(connection, callback, true, timeout) ? connection : null;
  }

  @Override
  public long read(long bytes, int timeout) throws IOException {
    if (bytes == 0 || timeout < NO_TIMEOUT) {
      return socket.read(bytes, timeout);
    }
    prepare(bytes);
    if (isDone()) {
      throw new IOException("the request has no more bytes");
    }
    try {
      allocate();
      while (!isEnough()) {
        socket.read(1, limited(timeout));
        requests.add(bytesRead());
        approve();
      }
      return give();
    } catch (RefusedRequestException e) {
      link.writes().refuse(e, requests.isHead());
      throw e;
    }
  }

  private void prepare(long bytes) {
    wanted = bytes;
    isAllocated = socket.getBuffer() == null;
  }

  /** Goes on after the answer to the last request was taken, or in a thread of its own. */
  private void resume(
      VirtualConnection connection, TCPReadCompletedCallback callback, int timeout) {
    link.writes().next();
    if (readOn(connection, callback, timeout)) {
      callback.complete(connection, this);
    }
  }

  /** Whether the request was given out to its last byte. */
  private boolean isDone() {
    return requests.hasArrived() && requests.available() == 0;
  }

  private boolean isEnough() {
    return requests.available() >= Math.max(1, wanted)
        || requests.hasArrived() && requests.available() > 0;
  }

  /** Gives out what is there, or waits for it; tells whether it was given out. */
  private boolean readOn(
      VirtualConnection connection, TCPReadCompletedCallback callback, int timeout) {
    try {
      if (requests.isBegun()) {
        approve();
      }
    } catch (RefusedRequestException e) {
      refuse(connection, callback, e);
      return false;
    }
    if (isEnough()) {
      allocate();
      give();
      return true;
    }
    return await(connection, callback, false, timeout);
  }

  /** Reads until there is enough to give out; tells whether that is now. */
  private boolean await(
      VirtualConnection connection,
      TCPReadCompletedCallback callback,
      boolean isQueued,
      int timeout) {
    boolean queue = isQueued;
    try {
      do {
        int limit = limited(timeout);
        WsByteBuffer buffer = socket.getBuffer();
        base = buffer == null ? 0 : buffer.position();
        socket.setJITAllocateSize(buffer == null ? allocateSize : 0);
        if (socket.read(1, new Arrival(callback, timeout), queue, limit) == null) {
          return false;
        }
        queue = false;
      } while (!take());
      return true;
    } catch (RefusedRequestException e) {
      refuse(connection, callback, e);
      return false;
    }
  }

  /** Takes what was read, and gives it out where it is enough. */
  private boolean take() throws RefusedRequestException {
    requests.add(bytesRead());
    approve();
    if (isEnough()) {
      give();
      return true;
    }
    return false;
  }

  private void approve() throws RefusedRequestException {
    if (requests.isInHead()) {
      if (deadline == 0 && requests.isBegun()) {
        deadline = System.nanoTime() + link.requestTime().toNanos();
      }
      requests.approve();
      if (requests.awaitsContinue()) {
        link.writes().goOn();
      }
    } else {
      requests.approve();
    }
    if (requests.hasArrived()) {
      deadline = 0;
    }
  }

  private byte[] bytesRead() {
    WsByteBuffer buffer = socket.getBuffer();
    byte[] bytes = new byte[buffer.position() - base];
    buffer.position(base);
    buffer.get(bytes);
    buffer.position(base);
    return bytes;
  }

  private int give() {
    WsByteBuffer buffer = socket.getBuffer();
    byte[] bytes = requests.give(buffer.limit() - buffer.position());
    buffer.put(bytes);
    return bytes.length;
  }

  private void allocate() {
    if (socket.getBuffer() == null) {
      socket.setBuffer(ChannelFrameworkFactory.getBufferManager().allocateDirect(allocateSize));
    }
    base = socket.getBuffer().position();
  }

  /** A timeout that ends no later than the time that a request may take in all. */
  private int limited(int timeout) throws RefusedRequestException {
    if (deadline == 0) {
      return timeout;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw RefusedRequestException.late();
    }
    return (int) (timeout > 0 ? Math.min(timeout, left) : left);
  }

  private void refuse(
      VirtualConnection connection,
      TCPReadCompletedCallback callback,
      RefusedRequestException refusal) {
    link.writes().refuse(refusal, requests.isHead());
    fail(connection, callback, refusal);
  }

  private void fail(
      VirtualConnection connection, TCPReadCompletedCallback callback, IOException failure) {
    release();
    if (requests.isInHead()) {
      link.close(connection, null);
    } else {
      callback.error(connection, this, failure);
    }
  }

  /** Whether a part of a request has arrived; for other threads than the one that reads. */
  boolean isRequestArriving() {
    return deadline != 0;
  }

  /** The connection has ended. */
  void close() {
    requests.close();
  }

  /** Releases a buffer that the HTTP channel has not been given. */
  private void release() {
    WsByteBuffer buffer = socket.getBuffer();
    if (isAllocated && buffer != null) {
      socket.setBuffer(null);
      buffer.release();
    }
  }

  @Override
  public void setJITAllocateSize(int size) {
    allocateSize = size > 0 ? size : DEFAULT_ROOM;
    socket.setJITAllocateSize(size);
  }

  @Override
  public boolean getJITAllocateAction() {
    return isAllocated;
  }

  @Override
  public TCPConnectionContext getInterface() {
    return link;
  }

  @Override
  public void clearBuffers() {
    socket.clearBuffers();
  }

  @Override
  public WsByteBuffer[] getBuffers() {
    return socket.getBuffers();
  }

  @Override
  public void setBuffers(WsByteBuffer[] buffers) {
    socket.setBuffers(buffers);
  }

  @Override
  public WsByteBuffer getBuffer() {
    return socket.getBuffer();
  }

  @Override
  public void setBuffer(WsByteBuffer buffer) {
    socket.setBuffer(buffer);
  }

  @Override
  public Socket getSocket() {
    return socket.getSocket();
  }

  /** Told by the TCP channel when something has arrived, or nothing in time. */
  private final class Arrival implements TCPReadCompletedCallback {
    private final TCPReadCompletedCallback callback;
    private final int timeout;

    Arrival(TCPReadCompletedCallback callback, int timeout) {
      this.callback = callback;
      this.timeout = timeout;
    }

    @Override
    public void complete(VirtualConnection connection, TCPReadRequestContext read) {
      try {
        if (!take() && !await(connection, callback, false, timeout)) {
          return;
        }
      } catch (RefusedRequestException e) {
        refuse(connection, callback, e);
        return;
      }
      callback.complete(connection, GuardedReads.this);
    }

    @Override
    public void error(
        VirtualConnection connection, TCPReadRequestContext read, IOException failure) {
      if (failure instanceof SocketTimeoutException && requests.isBegun()) {
        refuse(connection, callback, RefusedRequestException.late());
      } else if (requests.isBegun()) {
        fail(connection, callback, failure);
      } else {
        release();
        callback.error(connection, GuardedReads.this, failure);
      }
    }
  }
}
