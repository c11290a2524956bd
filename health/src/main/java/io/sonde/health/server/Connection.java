// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One client. Each state has a deadline that no trickle of bytes moves.
 *
 * <pre>
 *  READING ──head complete──▶ WRITING ──all written──▶ IDLE (keep-alive) ──a byte──▶ READING
 *   5 s                        5 s          │           30 s
 *                                           └─ close ─▶ DRAINING ──end, or 1 s──▶ closed
 * </pre>
 *
 * Draining: a socket closed with bytes unread resets the connection, and the client may never see
 * the response (RFC 9112, section 9.6).
 */
final class Connection {

  enum State {
    READING(5),
    WRITING(5),
    IDLE(30),
    DRAINING(1);

    final long nanos;

    State(long seconds) {
      nanos = seconds * 1_000_000_000L;
    }
  }

  // Written in slices: the JDK keeps a direct buffer as large as the largest write.
  private static final int SLICE = 16_384;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Routes routes;
  private final ByteBuffer readBuffer;
  private final RequestHead head = new RequestHead();
  private ByteBuffer response = ByteBuffer.allocate(0);
  private boolean closeAfterResponse;
  private State state = State.READING;
  private long stateSinceNanos;

  /**
   * @param readBuffer shared by all connections of the thread; backed by an array
   */
  Connection(
      SocketChannel channel,
      SelectionKey key,
      Routes routes,
      ByteBuffer readBuffer,
      long nowNanos) {
    this.channel = channel;
    this.key = key;
    this.routes = routes;
    this.readBuffer = readBuffer;
    this.stateSinceNanos = nowNanos;
  }

  /** Which of two goes first when there is no room: idle ones, then those that wait the longest. */
  boolean goesBefore(Connection other) {
    boolean idle = state == State.IDLE;
    if (idle != (other.state == State.IDLE)) {
      return idle;
    }
    return stateSinceNanos - other.stateSinceNanos < 0;
  }

  boolean isClosed() {
    return !channel.isOpen();
  }

  boolean isOverdue(long nowNanos) {
    return nowNanos - stateSinceNanos >= state.nanos;
  }

  /** The channel can be read or written. Closes it when the client has gone or breaks the rules. */
  void ready(long nowNanos) {
    try {
      if (state == State.WRITING) {
        write(nowNanos);
      } else {
        read(nowNanos);
      }
    } catch (IOException e) {
      close(); // the client has gone
    }
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // closed it is
    }
  }

  private void read(long nowNanos) throws IOException {
    readBuffer.clear();
    readBuffer.limit(state == State.DRAINING ? readBuffer.capacity() : head.room());
    int count = channel.read(readBuffer);
    if (count < 0) {
      close();
    } else if (count > 0 && state != State.DRAINING) {
      if (state == State.IDLE) {
        enter(State.READING, nowNanos);
      }
      head.add(readBuffer.array(), count);
      parse(nowNanos);
    }
  }

  private void parse(long nowNanos) throws IOException {
    Response answer;
    boolean withoutBody = false;
    try {
      Request request = head.poll();
      if (request == null) {
        return;
      }
      // A pipelined request is not answered; the client is told by "close" that it must ask again.
      closeAfterResponse = !request.keepAlive() || head.hasMore();
      withoutBody = request.method().equals("HEAD");
      answer = routes.answer(request);
    } catch (BadRequest e) {
      closeAfterResponse = true;
      answer = e.response();
    }
    response = ByteBuffer.wrap(answer.bytes(withoutBody, closeAfterResponse));
    enter(State.WRITING, nowNanos);
    write(nowNanos);
  }

  private void write(long nowNanos) throws IOException {
    while (response.hasRemaining()) {
      ByteBuffer slice = response.duplicate();
      slice.limit(Math.min(response.limit(), response.position() + SLICE));
      int count = channel.write(slice);
      response.position(response.position() + count);
      if (count == 0) {
        key.interestOps(SelectionKey.OP_WRITE);
        return;
      }
    }
    written(nowNanos);
  }

  private void written(long nowNanos) throws IOException {
    response = ByteBuffer.allocate(0);
    head.reset();
    key.interestOps(SelectionKey.OP_READ);
    if (closeAfterResponse) {
      channel.shutdownOutput();
      enter(State.DRAINING, nowNanos);
    } else {
      enter(State.IDLE, nowNanos);
    }
  }

  private void enter(State next, long nowNanos) {
    state = next;
    stateSinceNanos = nowNanos;
  }
}
