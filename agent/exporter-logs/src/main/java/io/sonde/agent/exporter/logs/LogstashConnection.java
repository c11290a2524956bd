// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** One TCP or TLS connection to Logstash. Used by one thread, but for {@link #abort}. */
final class LogstashConnection {

  /** Looking for the end costs a wait of a millisecond: not before each write. */
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Part of the last flush. 20 were too few for a TLS peer on a machine with twice its load. */
  private static final int END_MILLIS = 300;

  private final Socket plain;
  private final OutputStream out;
  private final InputStream in;
  private final byte[] ignored = new byte[256];
  private long lookedAt;

  /** When the write that is under way began; 0: none is. */
  private volatile long writingSince;

  /**
   * @param plain below TLS, or the same
   */
  LogstashConnection(Socket plain, Socket socket) throws IOException {
    this.plain = plain;
    this.out = socket.getOutputStream();
    this.in = socket.getInputStream();
    socket.setSoTimeout(1);
    lookedAt = System.nanoTime();
  }

  /** Blocks while the other side does not read. */
  void write(byte[] bytes) throws IOException {
    failIfEnded();
    writingSince = System.nanoTime() | 1;
    try {
      out.write(bytes);
      out.flush();
    } finally {
      writingSince = 0;
    }
  }

  /**
   * Logstash never sends anything, so that there is something to read means that it has closed:
   * told by nobody else until a second write fails, and what the first one wrote is lost.
   */
  void failIfEnded() throws IOException {
    long now = System.nanoTime();
    if (now - lookedAt < LOOK_EVERY_NANOS) {
      return;
    }
    lookedAt = now;
    try {
      if (in.read(ignored) < 0) {
        throw new EOFException("closed by the other side");
      }
    } catch (SocketTimeoutException alive) {
      lookedAt = System.nanoTime();
    }
  }

  /** How long the write under way has taken so far; 0: none is. Any thread. */
  long stalledNanos(long nowNanos) {
    long since = writingSince;
    return since == 0 ? 0 : Math.max(0, nowNanos - since);
  }

  /** Nothing more is written. A write that blocks goes on. Any thread. */
  void finish() {
    if (writingSince == 0) {
      try {
        plain.shutdownOutput();
      } catch (IOException alreadyGone) {
        // Then there is nothing to wait for.
      }
    }
  }

  /**
   * Ends it. A write that blocks is broken; what was written before {@link #finish} gets its time
   * to arrive: to close with something unread, a TLS ticket, would reset the connection under it.
   * Any thread.
   */
  void close() {
    if (plain.isOutputShutdown()) {
      awaitEnd();
    }
    abort();
  }

  /** Logstash closes its side when it has read all. Waits for that, not for long. */
  private void awaitEnd() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
    try {
      plain.setSoTimeout(END_MILLIS);
      InputStream rest = plain.getInputStream();
      while (rest.read(ignored) >= 0 && System.nanoTime() - deadline < 0) {
        // TLS tickets: several, and on a busy machine late.
      }
    } catch (IOException givenUp) {
      // Gone, or busy: the kernel goes on sending what it has.
    }
  }

  /**
   * Ends it at once, a blocked write with it. Any thread. The plain socket: closing a TLS socket
   * waits for the write that blocks.
   */
  void abort() {
    try {
      plain.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }
}
