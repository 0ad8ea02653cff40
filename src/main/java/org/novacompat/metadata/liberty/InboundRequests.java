// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.util.Arrays;

/**
 * What has arrived on a connection: cut into requests, and given out one request at a time, each
 * only when all of it is there and known to be sound, so that no thread waits for its body. Used by
 * one thread at a time.
 */
final class InboundRequests {
  private static final byte[] NOTHING = {};

  // [given, approved) may be given out, [approved, end) is not looked at yet
  private byte[] arrived = NOTHING;
  private int given;
  private int approved;
  private int end;
  private int headEnd;
  private int held;
  private RequestHead head = new RequestHead();
  // null: the head is not complete
  private RequestBody body;

  /** Takes what was read; the array is not copied where nothing else is held. */
  void add(byte[] bytes) {
    if (given == end) {
      keep(bytes, 0, bytes.length);
      return;
    }
    if (arrived.length - end < bytes.length) {
      keep(
          Arrays.copyOfRange(arrived, given, given + 2 * (end - given + bytes.length)),
          approved - given,
          end - given);
    }
    System.arraycopy(bytes, 0, arrived, end, bytes.length);
    end += bytes.length;
  }

  /**
   * Looks at what has arrived of this request.
   *
   * @throws RefusedRequestException when it is not HTTP/1.1
   */
  void approve() throws RefusedRequestException {
    if (body == null) {
      headEnd = head.parse(arrived, approved, end);
      if (headEnd < 0) {
        return;
      }
      int removed = head.shorten(arrived, approved, end);
      end -= removed;
      body = new RequestBody(head);
      headEnd -= removed;
      approved = headEnd;
    }
    approved = body.take(arrived, approved, end);
    hold(hasArrived() ? 0 : approved - given);
  }

  /** Gives back what an unfinished request holds. */
  void close() {
    HeldBytes.release(held);
    held = 0;
  }

  private void hold(int bytes) throws RefusedRequestException {
    if (bytes > held && !HeldBytes.reserve(bytes - held)) {
      throw RefusedRequestException.busy();
    }
    HeldBytes.release(Math.max(0, held - bytes));
    held = bytes;
  }

  /** How many bytes may be given out. */
  int available() {
    return hasArrived() ? approved - given : 0;
  }

  /** Whether nothing more of this request is to come. */
  boolean hasArrived() {
    return body != null && body.isComplete();
  }

  /** Gives out what may be given, as far as there is room for it. */
  byte[] give(int room) {
    int length = Math.min(room, available());
    byte[] bytes = Arrays.copyOfRange(arrived, given, given + length);
    given += length;
    if (given == end) {
      // an idle connection holds nothing
      keep(NOTHING, 0, 0);
    }
    return bytes;
  }

  /** Whether the head of this request is still to come, or a part of it. */
  boolean isInHead() {
    return body == null;
  }

  /** Whether the answer is to have no body. */
  boolean isHead() {
    return head.isHead();
  }

  /** Whether some byte of this request has arrived. */
  boolean isBegun() {
    return body != null || end > approved;
  }

  /** Whether a head that has just arrived waits to be told to send the body. */
  boolean awaitsContinue() {
    return head.expectsContinue() && end == headEnd;
  }

  /** Turns to the next request. */
  void next() {
    head = new RequestHead();
    body = null;
  }

  private void keep(byte[] bytes, int isApproved, int length) {
    arrived = bytes;
    given = 0;
    approved = isApproved;
    end = length;
  }
}
