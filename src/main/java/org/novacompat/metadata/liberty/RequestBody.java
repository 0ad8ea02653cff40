// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

/** Follows the body of one request to its last byte, by its length or chunks (RFC 9112, 7.1). */
final class RequestBody {
  /** Bytes of a body, with what its chunks add. */
  static final long MAX_BYTES = 2 * 1024 * 1024;

  private static final int MAX_SIZE_DIGITS = 8;
  private static final int MAX_CHUNK_LINE = 256;

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_END,
    DATA,
    DATA_END,
    END,
    COMPLETE
  }

  private final boolean isPlain;
  private State state;
  private long left;
  private long taken;
  private int digits;
  private int column;
  private boolean isReturn;

  /** Follows the body that a head announces. */
  RequestBody(RequestHead head) {
    isPlain = !head.isChunked();
    left = head.contentLength();
    state = !isPlain ? State.SIZE : left > 0 ? State.DATA : State.COMPLETE;
  }

  /** The answer to a body beyond what is taken. */
  static RefusedRequestException tooLarge() {
    return new RefusedRequestException("The body is too large.");
  }

  /** Whether the last byte was taken. */
  boolean isComplete() {
    return state == State.COMPLETE;
  }

  /**
   * Takes what belongs to the body.
   *
   * @return where it ends in {@code bytes}: {@code to}, or before what follows the body
   * @throws RefusedRequestException when chunks are not as they should be, or too much
   */
  int take(byte[] bytes, int from, int to) throws RefusedRequestException {
    int at = from;
    while (at < to && state != State.COMPLETE) {
      if (state == State.DATA) {
        int length = (int) Math.min(left, to - at);
        left -= length;
        at += length;
        if (left == 0) {
          state = isPlain ? State.COMPLETE : State.DATA_END;
        }
      } else {
        step(bytes[at++]);
      }
    }
    taken += at - from;
    if (taken > MAX_BYTES) {
      throw tooLarge();
    }
    return at;
  }

  private void step(byte value) throws RefusedRequestException {
    switch (state) {
      case SIZE -> size(value);
      case EXTENSION -> extension(value);
      case SIZE_END -> {
        require(value == '\n');
        state = left == 0 ? State.END : State.DATA;
        digits = 0;
        column = 0;
      }
      case DATA_END -> {
        require(value == (isReturn ? '\n' : '\r'));
        state = isReturn ? State.SIZE : State.DATA_END;
        isReturn = !isReturn;
      }
      // trailers are refused: Liberty keeps names for ever
      case END -> {
        require(value == (isReturn ? '\n' : '\r'));
        state = isReturn ? State.COMPLETE : State.END;
        isReturn = true;
      }
      default -> throw new IllegalStateException("nothing follows in " + state);
    }
  }

  private void size(byte value) throws RefusedRequestException {
    int digit = Character.digit(value, 16);
    if (value >= 0 && digit >= 0) {
      require(++digits <= MAX_SIZE_DIGITS);
      left = left * 16 + digit;
    } else {
      require(digits > 0 && (value == '\r' || value == ';'));
      state = value == ';' ? State.EXTENSION : State.SIZE_END;
    }
  }

  private void extension(byte value) throws RefusedRequestException {
    require(
        ++column <= MAX_CHUNK_LINE
            && (value < 0 || value >= ' ' || value == '\t' || value == '\r'));
    if (value == '\r') {
      state = State.SIZE_END;
    }
  }

  private static void require(boolean isSound) throws RefusedRequestException {
    if (!isSound) {
      throw new RefusedRequestException("The chunks of the body are not valid.");
    }
  }
}
