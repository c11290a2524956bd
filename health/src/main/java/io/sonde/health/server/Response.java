// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import io.sonde.health.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link Handler} answers. Immutable, but for the bytes, which must not be changed. */
public final class Response {

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final Map<String, String> headers;

  private Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
  }

  /** Sent with {@code Content-Length} and {@code Cache-Control: no-store}. */
  public static Response of(int status, String contentType, byte[] body) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status " + status + ": not in 200..599");
    }
    return new Response(status, oneLine(contentType), body, Collections.emptyMap());
  }

  /** {@code application/json}, written by {@link Json}. */
  public static Response json(int status, @Nullable Object value) {
    return of(status, "application/json", Json.bytes(value));
  }

  /** {@code text/html} in UTF-8. */
  public static Response html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** E.g. {@code {"error":"not found"}}. Keep the caller's input out of the message. */
  public static Response error(int status, String message) {
    return json(status, Collections.singletonMap("error", message));
  }

  public static Response notFound() {
    return error(404, "not found");
  }

  /**
   * The same with a header more, e.g. {@code Set-Cookie}.
   *
   * @throws IllegalArgumentException when name or value hold a control character
   */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(oneLine(name), oneLine(value));
    return new Response(status, contentType, body, more);
  }

  // A line break would begin a header, or a response, of its own.
  private static String oneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
        throw new IllegalArgumentException("not printable ASCII: a header's character " + i);
      }
    }
    return text;
  }

  public int status() {
    return status;
  }

  public String contentType() {
    return contentType;
  }

  public byte[] body() {
    return body;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** Head and, unless {@code withoutBody}, body, as they go over the wire. */
  byte[] bytes(boolean withoutBody, boolean close) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason()).append("\r\n");
    append(head, "Content-Type", contentType);
    append(head, "Content-Length", String.valueOf(body.length));
    append(head, "Cache-Control", "no-store");
    append(head, "X-Content-Type-Options", "nosniff");
    headers.forEach((name, value) -> append(head, name, value));
    append(head, "Connection", close ? "close" : "keep-alive");
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    if (withoutBody) {
      return start;
    }
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static void append(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private String reason() {
    switch (status) {
      case 200:
        return "OK";
      case 302:
        return "Found";
      case 303:
        return "See Other";
      case 400:
        return "Bad Request";
      case 401:
        return "Unauthorized";
      case 403:
        return "Forbidden";
      case 404:
        return "Not Found";
      case 405:
        return "Method Not Allowed";
      case 414:
        return "URI Too Long";
      case 429:
        return "Too Many Requests";
      case 431:
        return "Request Header Fields Too Large";
      case 500:
        return "Internal Server Error";
      case 503:
        return "Service Unavailable";
      case 505:
        return "HTTP Version Not Supported";
      default:
        return "Status"; // clients must ignore it (RFC 9112, section 4)
    }
  }
}
