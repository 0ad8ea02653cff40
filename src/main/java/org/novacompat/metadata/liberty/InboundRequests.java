// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * Cuts what has arrived on a connection into requests and gives out one at a time, only when all of
 * it has arrived and is valid, so that no thread waits for its body. Used by one thread at a time.
 */
final class InboundRequests {
  private static final byte[] NOTHING = {};

  // [given, approved) may be given out, [approved, end) is not looked at yet
  private byte[] arrived = NOTHING;
  private int given;
  private int approved;
  private int end;
  private int headEnd;
  private final HeldBytes held = new HeldBytes(HeldBytes.Budget.REQUESTS);
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
   * @throws RefusedRequestException when it is not HTTP/1.1, or there is no room for it
   */
  void approve() throws RefusedRequestException {
    if (!held.hold(end - given)) {
      throw RefusedRequestException.busy();
    }
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
  }

  /** Holds nothing any more. */
  void close() {
    held.end();
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
    if (given == approved) {
      // what the next request brought along, which is nothing mostly
      keep(given == end ? NOTHING : Arrays.copyOfRange(arrived, given, end), 0, end - given);
      held.hold(end);
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
    return body != null || end - approved > 2 || !isEmptyLine();
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

  /** Whether there is nothing, or an empty line, which is none of a request (RFC 9112, 2.2). */
  private boolean isEmptyLine() {
    return "\r\n".startsWith(new String(arrived, approved, end - approved, ISO_8859_1));
  }

  private void keep(byte[] bytes, int isApproved, int length) {
    arrived = bytes;
    given = 0;
    approved = isApproved;
    end = length;
  }
}
