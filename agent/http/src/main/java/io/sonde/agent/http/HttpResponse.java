// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;

/**
 * A response of HTTP/1.1 (RFC 9112), as much of it as a sender needs: the status, the body's
 * beginning, and whether the connection may be used again. Everything read is bounded.
 */
public final class HttpResponse {

  private static final int MAX_HEAD_BYTES = 16 * 1_024;

  /**
   * A body longer than this and than what is kept is not read to its end for a connection's sake.
   */
  private static final int MAX_BODY_BYTES = 64 * 1_024;

  /** Enough for a server's reason of a 400. */
  private static final int MAX_EXCERPT = 160;

  private final InputStream in;
  private final int maxText;
  private final StringBuilder text = new StringBuilder();
  private int headBytes;
  private int status;
  private boolean keepAlive;
  private boolean chunked;
  private long length = -1;

  private HttpResponse(InputStream in, int maxText) {
    this.in = in;
    this.maxText = maxText;
  }

  /** Reads one response to its end, or to where the connection is given up. */
  static HttpResponse read(InputStream in, int maxText) throws IOException {
    HttpResponse response = new HttpResponse(in, maxText);
    do {
      response.readHead();
    } while (response.status / 100 == 1);
    response.readBody();
    return response;
  }

  public int status() {
    return status;
  }

  /** 200 to 299. */
  public boolean ok() {
    return status / 100 == 2;
  }

  /** The body's beginning, a byte a character. */
  public String text() {
    return text.toString();
  }

  /** {@code HTTP 400: Expected a JSON_V2 encoded list}. */
  public String describe() {
    String excerpt = text.substring(0, Math.min(text.length(), MAX_EXCERPT)).trim();
    return "HTTP " + status + (excerpt.isEmpty() ? "" : ": " + excerpt);
  }

  /** The connection stands at the beginning of the next response. */
  boolean keepAlive() {
    return keepAlive;
  }

  private void readHead() throws IOException {
    String line = readLine();
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new ProtocolException("not an HTTP/1.1 response");
    }
    status = Integer.parseInt(line.substring(9, 12));
    keepAlive = line.charAt(7) == '1';
    for (line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        header(
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim().toLowerCase(Locale.ROOT));
      }
    }
  }

  private void header(String name, String value) throws IOException {
    if (name.equals("connection") && value.contains("close")) {
      keepAlive = false;
    } else if (name.equals("transfer-encoding")) {
      chunked = value.endsWith("chunked");
      keepAlive &= chunked;
    } else if (name.equals("content-length")) {
      length = number(value, 10);
    }
  }

  private void readBody() throws IOException {
    if (status == 204 || status == 304) {
      return;
    }
    if (chunked) {
      readChunks();
    } else if (length >= 0) {
      readExactly(length);
    } else {
      // RFC 9112, 6.3: it ends with the connection.
      keepAlive = false;
      readExactly(Math.max(maxText, MAX_EXCERPT));
    }
  }

  private void readChunks() throws IOException {
    long total = 0;
    while (keepAlive) {
      String line = readLine();
      int semicolon = line.indexOf(';');
      long size = number((semicolon < 0 ? line : line.substring(0, semicolon)).trim(), 16);
      total += size;
      if (size == 0) {
        while (!readLine().isEmpty()) {
          // Trailers.
        }
        return;
      }
      readExactly(total > maxBody() ? Long.MAX_VALUE : size);
      if (keepAlive && !readLine().isEmpty()) {
        throw new ProtocolException("bad chunk in the response");
      }
    }
  }

  private void readExactly(long bytes) throws IOException {
    if (bytes > maxBody()) {
      keepAlive = false;
      return;
    }
    for (long i = 0; i < bytes; i++) {
      int b = in.read();
      if (b < 0) {
        keepAlive = false;
        return;
      }
      if (text.length() < Math.max(maxText, MAX_EXCERPT)) {
        text.append((char) b);
      }
    }
  }

  private int maxBody() {
    return Math.max(maxText, MAX_BODY_BYTES);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed by the other side");
      }
      if (++headBytes > MAX_HEAD_BYTES) {
        throw new ProtocolException("head of the response is too long");
      }
      line.append((char) b);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  private static long number(String digits, int radix) throws IOException {
    try {
      long number = Long.parseLong(digits, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw new ProtocolException("bad length in the response");
  }
}
