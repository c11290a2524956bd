// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.http;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * One connection of HTTP/1.1, used for one request after the other. Not {@code HttpURLConnection}:
 * that would share the application's Authenticator, CookieHandler, ProxySelector and TLS defaults,
 * and is itself observed. One thread.
 */
final class HttpConnection {

  private final Socket socket;
  private final DeadlineInput deadline;
  private final InputStream in;
  private final OutputStream out;

  /**
   * @param socket connected, TLS included
   */
  HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.deadline = new DeadlineInput(socket.getInputStream());
    this.in = new BufferedInputStream(deadline, 1_024);
    this.out = socket.getOutputStream();
  }

  /**
   * Sends a request and waits for its response.
   *
   * @param head the request line and headers but Content-Length
   * @param timeoutMillis from the request's last byte to the response's last, however slowly it
   *     drips
   * @param maxText bytes of the response's body that are kept
   */
  HttpResponse exchange(
      String head, byte[] body, int offset, int length, int timeoutMillis, int maxText)
      throws IOException {
    deadline.answered = false;
    String all = head + "Content-Length: " + length + "\r\n\r\n";
    out.write(all.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body, offset, length);
    out.flush();
    deadline.endNanos = System.nanoTime() + timeoutMillis * 1_000_000L;
    return HttpResponse.read(in, maxText);
  }

  /** True when any byte of the last request's response has come. */
  boolean answered() {
    return deadline.answered;
  }

  /** A read's own timeout starts anew with each byte; this one does not. */
  private final class DeadlineInput extends FilterInputStream {

    private long endNanos;
    private boolean answered;

    DeadlineInput(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new SocketTimeoutException("response took too long");
      }
      socket.setSoTimeout((int) leftMillis);
      int count = in.read(bytes, offset, length);
      answered |= count > 0;
      return count;
    }
  }
}
