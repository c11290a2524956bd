// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * One connection of the Lumberjack protocol, version 2, as Beats speak it with Logstash:
 *
 * <pre>
 *  we   2 W count:4                       so many events follow
 *       2 C length:4 zlib( 2 J sequence:4 length:4 JSON, … )
 *  they 2 A sequence:4                    all up to this one are taken; less than
 *                                         count: still at it, more will come
 * </pre>
 *
 * <p>One thread, but for {@link #abort} and {@link #writingNanos}.
 */
final class LumberjackConnection {

  private static final int VERSION = '2';

  /** Without any word. Logstash sends a sign of life every few seconds while it is busy. */
  private static final int ANSWER_MILLIS = 30_000;

  private final Socket plain;
  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;

  /** When the write that is under way began; 0: none is. */
  private volatile long writingSince;

  /**
   * @param plain below TLS, or the same
   */
  LumberjackConnection(Socket plain, Socket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new BufferedInputStream(socket.getInputStream(), 64);
  }

  /** Sends one window and waits until all of it is acknowledged; settles lines as they are. */
  void send(OpenLines lines, int[] which) throws IOException {
    byte[] window = window(lines, which);
    writingSince = System.nanoTime() | 1;
    try {
      out.write(window);
      out.flush();
    } finally {
      writingSince = 0;
    }
    socket.setSoTimeout(ANSWER_MILLIS);
    int acked = 0;
    while (acked < which.length) {
      for (int upTo = readAck(which.length); acked < upTo; acked++) {
        lines.acked(which[acked]);
      }
    }
  }

  /** Nobody tells when the other side has closed an idle connection: looking takes 1 ms. */
  boolean hasEnded() {
    try {
      socket.setSoTimeout(1);
      in.mark(1);
      boolean ended = in.read() < 0;
      in.reset();
      return ended;
    } catch (SocketTimeoutException alive) {
      return false;
    } catch (IOException broken) {
      return true;
    }
  }

  /** How long the write under way has taken so far; 0: none is. Any thread. */
  long writingNanos(long nowNanos) {
    long since = writingSince;
    return since == 0 ? 0 : Math.max(0, nowNanos - since);
  }

  /** The plain socket: closing a TLS socket waits for a write that blocks. Any thread. */
  void abort() {
    try {
      plain.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }

  private int readAck(int most) throws IOException {
    DataInputStream answer = new DataInputStream(in);
    int version = answer.read();
    if (version < 0) {
      throw new EOFException("closed by the other side");
    }
    int type = answer.readUnsignedByte();
    long sequence = answer.readInt() & 0xFFFF_FFFFL;
    if (version != VERSION || type != 'A' || sequence > most) {
      throw new ProtocolException("the answer is not Lumberjack's");
    }
    return (int) sequence;
  }

  private static byte[] window(OpenLines lines, int[] which) throws IOException {
    ByteArrayOutputStream events = new ByteArrayOutputStream(16 * 1024);
    try (DataOutputStream event = new DataOutputStream(new Fast(events))) {
      for (int i = 0; i < which.length; i++) {
        int start = lines.start(which[i]);
        int length = lines.end(which[i]) - start - 1;
        frame(event, 'J', i + 1);
        event.writeInt(length);
        event.write(lines.bytes(), start, length);
      }
    }
    ByteArrayOutputStream window = new ByteArrayOutputStream(events.size() + 16);
    DataOutputStream frames = new DataOutputStream(window);
    frame(frames, 'W', which.length);
    frame(frames, 'C', events.size());
    events.writeTo(frames);
    return window.toByteArray();
  }

  private static void frame(DataOutputStream to, char type, int number) throws IOException {
    to.write(VERSION);
    to.write(type);
    to.writeInt(number);
  }

  /** As with gzip: lines are much alike, and time is worth more. */
  private static final class Fast extends DeflaterOutputStream {

    Fast(OutputStream out) {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
