// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads HTTP/1.1 answers from one connection, one after the other, and keeps of each no more than
 * the load wants to know. Allocates nothing. One thread.
 */
final class Answer {

  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHUNKED =
      "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Of the status in {@code HTTP/1.1 200}. */
  private static final int STATUS_AT = 9;

  private final InputStream in;
  private final byte[] buffer = new byte[16_384];
  private int filled;
  private int status;
  private boolean keepsConnection;

  Answer(InputStream in) {
    this.in = in;
  }

  int status() {
    return status;
  }

  boolean keepsConnection() {
    return keepsConnection;
  }

  /**
   * Reads one answer to its end. Nothing may follow it: requests are not pipelined.
   *
   * @throws IOException when the connection ends before, or the answer is larger than it may be
   */
  void read() throws IOException {
    filled = 0;
    int body = readHead();
    status =
        (buffer[STATUS_AT] - '0') * 100
            + (buffer[STATUS_AT + 1] - '0') * 10
            + buffer[STATUS_AT + 2]
            - '0';
    keepsConnection = header(CLOSE, body) < 0;
    int length = header(LENGTH, body);
    if (length >= 0) {
      int end = body + number(length);
      while (filled < end) {
        fill();
      }
    } else if (header(CHUNKED, body) >= 0) {
      while (!endsWithLastChunk(body)) {
        fill();
      }
    }
  }

  /** Returns where the body begins. */
  private int readHead() throws IOException {
    int at = 0;
    while (true) {
      fill();
      for (; at + 4 <= filled; at++) {
        if (buffer[at] == '\r'
            && buffer[at + 1] == '\n'
            && buffer[at + 2] == '\r'
            && buffer[at + 3] == '\n') {
          return at + 4;
        }
      }
    }
  }

  private void fill() throws IOException {
    int n = in.read(buffer, filled, buffer.length - filled);
    if (n <= 0) {
      throw new IOException(n < 0 ? "the connection ended" : "an answer above 16 KB");
    }
    filled += n;
  }

  /** Returns where the line goes on after {@code start}, which is in lower case; -1: no such. */
  private int header(byte[] start, int headEnd) {
    for (int line = 0; line < headEnd; line++) {
      if (buffer[line] == '\n' && matches(start, line + 1)) {
        return line + 1 + start.length;
      }
    }
    return -1;
  }

  private boolean matches(byte[] start, int at) {
    for (int i = 0; i < start.length; i++) {
      if ((buffer[at + i] | 0x20) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int at = from;
    while (buffer[at] == ' ') {
      at++;
    }
    int number = 0;
    for (; buffer[at] >= '0' && buffer[at] <= '9'; at++) {
      number = number * 10 + buffer[at] - '0';
    }
    return number;
  }

  private boolean endsWithLastChunk(int body) {
    if (filled - body < LAST_CHUNK.length) {
      return false;
    }
    for (int i = 0; i < LAST_CHUNK.length; i++) {
      if (buffer[filled - LAST_CHUNK.length + i] != LAST_CHUNK[i]) {
        return false;
      }
    }
    return true;
  }
}
