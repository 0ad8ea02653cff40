// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import com.ibm.wsspi.bytebuffer.WsByteBuffer;
import com.ibm.wsspi.channelfw.ChannelFrameworkFactory;
import com.ibm.wsspi.channelfw.VirtualConnection;
import com.ibm.wsspi.tcpchannel.TCPConnectionContext;
import com.ibm.wsspi.tcpchannel.TCPWriteCompletedCallback;
import com.ibm.wsspi.tcpchannel.TCPWriteRequestContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Takes what Liberty's HTTP channel writes to a connection. What the receiver does not take at once
 * is kept and written later, so that no request thread waits for a slow reader; the bytes that are
 * kept are bounded, and so is the time.
 */
final class GuardedWrites implements TCPWriteRequestContext {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Where Liberty's HTTP channel notes that it refuses a request that it could not read. */
  private static final String UNREADABLE = "Http Error ID";

  private static final int MAX_WRITE_MILLIS = 30_000;

  private final GuardedLink link;
  private final TCPWriteRequestContext socket;
  private final boolean isEncrypted;
  private final HeldBytes held = new HeldBytes(HeldBytes.Budget.ANSWERS);
  private WsByteBuffer[] buffers;
  private boolean isBegun;

  // guarded by this
  private boolean isWriting;
  private int writing;
  private ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
  private Runnable afterwards;
  private IOException failure;

  GuardedWrites(GuardedLink link, TCPConnectionContext connection) {
    this.link = link;
    this.socket = connection.getWriteInterface();
    this.isEncrypted = connection.getSSLContext() != null;
  }

  @Override
  public long write(long bytes, int timeout) throws IOException {
    if (timeout < NO_TIMEOUT) {
      return socket.write(bytes, timeout);
    }
    return write(timeout);
  }

  @Override
  public VirtualConnection write(
      long bytes, TCPWriteCompletedCallback callback, boolean isQueued, int timeout) {
    if (timeout < NO_TIMEOUT) {
      return socket.write(bytes, callback, isQueued, timeout);
    }
    VirtualConnection connection = link.getVirtualConnection();
    write(timeout);
    if (connection.getStateMap().containsKey(UNREADABLE)) {
      // where the next request would begin is not known
      IOException end = new IOException("the request could not be read");
      return link.later(() -> callback.error(connection, this, end));
    }
    return isQueued ? link.later(() -> callback.complete(connection, this)) : connection;
  }

  /**
   * Writes what can be written, keeps the rest, and returns the length of both. Does not tell the
   * container of a receiver that is gone, which it would log: the connection ends with the next
   * read.
   */
  private long write(int timeout) {
    isBegun = true;
    long length = remaining();
    try {
      if (!isEncrypted && !hasFailed() && !isWriting()) {
        socket.setBuffers(buffers);
        socket.write(0, timeout);
      }
      if (remaining() > 0) {
        keep(copy());
      }
    } catch (IOException e) {
      fail(e);
    }
    return length;
  }

  /** Whether nothing more can be written, so that the connection is to end. */
  synchronized boolean hasFailed() {
    return failure != null;
  }

  private synchronized void fail(IOException cause) {
    failure = failure == null ? cause : failure;
  }

  /** Turns to the next answer. */
  void next() {
    isBegun = false;
  }

  /** Asks for the body of a request. */
  void goOn() {
    try {
      keep(CONTINUE);
    } catch (IOException e) {
      link.close(link.getVirtualConnection(), e);
    }
  }

  /** Writes a refusal, unless an answer is on its way already. */
  void refuse(RefusedRequestException refusal, boolean isHead) {
    if (!isBegun) {
      isBegun = true;
      try {
        keep(isHead ? refusal.head() : refusal.answer());
      } catch (IOException e) {
        return; // the connection ends in any case
      }
    }
  }

  /**
   * Defers an action until what is kept is written. Where that fails, the connection ends instead.
   *
   * @return whether it is deferred; false where nothing is kept
   */
  synchronized boolean whenWritten(Runnable then) {
    if (isWriting) {
      afterwards = then;
    }
    return isWriting;
  }

  private synchronized boolean isWriting() {
    return isWriting;
  }

  /** The connection has ended. */
  void close() {
    held.end();
  }

  private void keep(byte[] bytes) throws IOException {
    synchronized (this) {
      if (failure != null) {
        throw failure;
      }
      if (!held.hold(writing + kept.size() + bytes.length)) {
        throw new IOException("too much is kept for slow readers");
      }
      if (isWriting) {
        kept.writeBytes(bytes);
        return;
      }
      isWriting = true;
      writing = bytes.length;
    }
    start(bytes);
  }

  private void start(byte[] bytes) {
    socket.setBuffer(ChannelFrameworkFactory.getBufferManager().wrap(bytes));
    if (socket.write(WRITE_ALL_DATA, new Kept(), false, MAX_WRITE_MILLIS) != null) {
      written();
    }
  }

  /** Goes on with what was kept meanwhile, or with what waits for the end. */
  private void written() {
    Runnable then = null;
    byte[] more = null;
    synchronized (this) {
      if (kept.size() > 0) {
        more = kept.toByteArray();
        kept = new ByteArrayOutputStream(0);
        writing = more.length;
      } else {
        isWriting = false;
        writing = 0;
        then = afterwards;
        afterwards = null;
      }
      held.hold(writing);
    }
    if (more != null) {
      start(more);
    } else if (then != null) {
      then.run();
    }
  }

  private long remaining() {
    long remaining = 0;
    for (int i = 0; buffers != null && i < buffers.length && buffers[i] != null; i++) {
      remaining += buffers[i].remaining();
    }
    return remaining;
  }

  private byte[] copy() {
    byte[] copy = new byte[Math.toIntExact(remaining())];
    int at = 0;
    for (int i = 0; i < buffers.length && buffers[i] != null; i++) {
      int length = buffers[i].remaining();
      buffers[i].get(copy, at, length);
      at += length;
    }
    return copy;
  }

  @Override
  public TCPConnectionContext getInterface() {
    return link;
  }

  @Override
  public void clearBuffers() {
    for (int i = 0; buffers != null && i < buffers.length && buffers[i] != null; i++) {
      buffers[i].clear();
    }
  }

  @Override
  public WsByteBuffer[] getBuffers() {
    return buffers;
  }

  @Override
  public void setBuffers(WsByteBuffer[] buffers) {
    this.buffers = buffers;
  }

  @Override
  public WsByteBuffer getBuffer() {
    return buffers == null ? null : buffers[0];
  }

  @Override
  public void setBuffer(WsByteBuffer buffer) {
    buffers = buffer == null ? null : new WsByteBuffer[] {buffer};
  }

  @Override
  public Socket getSocket() {
    return socket.getSocket();
  }

  /** Told by the TCP channel when what was kept is written, or cannot be. */
  private final class Kept implements TCPWriteCompletedCallback {
    @Override
    public void complete(VirtualConnection connection, TCPWriteRequestContext write) {
      written();
    }

    /** Half an answer is on its way: nothing may follow it. */
    @Override
    public void error(
        VirtualConnection connection, TCPWriteRequestContext write, IOException cause) {
      boolean isAwaited;
      synchronized (GuardedWrites.this) {
        failure = cause;
        isWriting = false;
        isAwaited = afterwards != null;
        afterwards = null;
      }
      if (isAwaited) {
        link.close(connection, cause);
      }
    }
  }
}
