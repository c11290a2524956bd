// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects a request's head as it arrives and parses it (RFC 9112, sections 2 to 5). Lines may end
 * in LF alone. Strict where two readers could differ: control characters, folded lines, blanks
 * before a colon and a second {@code Host} are refused.
 */
final class RequestHead {

  static final int MAX_BYTES = 8_192;
  static final int MAX_TARGET_BYTES = 4_096;
  private static final int MAX_HEADERS = 100;

  private byte[] bytes = new byte[1_024];
  private int length;
  private int start;
  private int scanned;
  private int lineStart;

  /** True when nothing of a request has arrived, line breaks apart. */
  boolean isEmpty() {
    return length == start;
  }

  /** How many bytes may still be added. */
  int room() {
    return MAX_BYTES - length;
  }

  void add(byte[] more, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(MAX_BYTES, 2 * length)));
    }
    System.arraycopy(more, 0, bytes, length, count);
    length += count;
  }

  /**
   * Parses what has arrived.
   *
   * @return null when the head is not complete
   * @throws BadRequest when it never will be a good one
   */
  @Nullable Request poll() throws BadRequest {
    while (scanned < length) {
      if (bytes[scanned++] == '\n' && lineEnded()) {
        return parse(new String(bytes, start, scanned - start, StandardCharsets.ISO_8859_1));
      }
    }
    boolean inFirstLine = lineStart == start;
    if (inFirstLine && length - start > MAX_TARGET_BYTES + 32) {
      throw new BadRequest(414, "target too long");
    }
    if (length == MAX_BYTES) {
      throw new BadRequest(431, "head too long");
    }
    return null;
  }

  /** True when bytes of a further request have arrived behind this one. */
  boolean hasMore() {
    return scanned < length;
  }

  void reset() {
    length = start = scanned = lineStart = 0;
  }

  /** True when the line that has just ended was the empty one that ends a head. */
  private boolean lineEnded() {
    int size = scanned - 1 - lineStart;
    boolean empty = size == 0 || size == 1 && bytes[lineStart] == '\r';
    boolean first = lineStart == start;
    lineStart = scanned;
    if (empty && first) {
      start = scanned; // line breaks before a request are skipped (section 2.2)
      return false;
    }
    return empty;
  }

  private static Request parse(String head) throws BadRequest {
    String[] lines = head.split("\r?\n");
    String[] parts = lines[0].split(" ", -1);
    if (parts.length != 3 || !isToken(parts[0]) || !isVisible(parts[1])) {
      throw new BadRequest(400, "bad request line");
    }
    if (!parts[2].equals("HTTP/1.1") && !parts[2].equals("HTTP/1.0")) {
      boolean other = parts[2].matches("HTTP/[0-9](\\.[0-9])?");
      throw new BadRequest(other ? 505 : 400, "HTTP/1.1 only");
    }
    if (parts[1].length() > MAX_TARGET_BYTES) {
      throw new BadRequest(414, "target too long");
    }
    Map<String, List<String>> headers = headers(lines);
    return request(parts[0], originForm(parts[1]), headers, keepAlive(parts[2], headers));
  }

  private static Request request(
      String method, String target, Map<String, List<String>> headers, boolean keepAlive)
      throws BadRequest {
    int mark = target.indexOf('?');
    String rawPath = mark < 0 ? target : target.substring(0, mark);
    String rawQuery = mark < 0 ? "" : target.substring(mark + 1);
    String path = decode(rawPath, false);
    if (!path.startsWith("/") || hasControl(path)) {
      throw new BadRequest(400, "bad path");
    }
    return new Request(method, path, rawQuery, query(rawQuery), headers, keepAlive);
  }

  private static Map<String, List<String>> headers(String[] lines) throws BadRequest {
    if (lines.length - 1 > MAX_HEADERS) {
      throw new BadRequest(431, "too many headers");
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = colon < 0 ? "" : lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      String value = lines[i].substring(colon + 1).trim();
      if (!isToken(name) || hasControl(value.replace('\t', ' '))) {
        throw new BadRequest(400, "bad header");
      }
      headers.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }
    if (headers.containsKey("host") && headers.get("host").size() > 1) {
      throw new BadRequest(400, "more than one Host");
    }
    refuseUncertainBody(headers);
    return headers;
  }

  // Two readers could see its end at different places (RFC 9112, section 6.3).
  private static void refuseUncertainBody(Map<String, List<String>> headers) throws BadRequest {
    List<String> sizes = headers.getOrDefault("content-length", Arrays.asList());
    boolean certain =
        sizes.isEmpty()
            || sizes.size() == 1
                && isNumber(sizes.get(0))
                && !headers.containsKey("transfer-encoding");
    if (!certain) {
      throw new BadRequest(400, "bad Content-Length");
    }
  }

  // A body is not read, so nothing behind it could be told from it: the connection ends there.
  private static boolean keepAlive(String version, Map<String, List<String>> headers) {
    if (version.equals("HTTP/1.0") || headers.containsKey("transfer-encoding")) {
      return false;
    }
    for (String size : headers.getOrDefault("content-length", Arrays.asList())) {
      if (!size.equals("0")) {
        return false;
      }
    }
    for (String options : headers.getOrDefault("connection", Arrays.asList())) {
      if (options.toLowerCase(Locale.ROOT).contains("close")) {
        return false;
      }
    }
    return true;
  }

  /** {@code http://host/path} as a proxy sends it becomes {@code /path} (section 3.2.2). */
  private static String originForm(String target) {
    if (!target.regionMatches(true, 0, "http://", 0, 7)) {
      return target;
    }
    int slash = target.indexOf('/', 7);
    return slash < 0 ? "/" : target.substring(slash);
  }

  private static Map<String, String> query(String rawQuery) throws BadRequest {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      if (!name.isEmpty()) {
        query.putIfAbsent(name, value);
      }
    }
    return query;
  }

  private static String decode(String text, boolean plusIsBlank) throws BadRequest {
    byte[] out = new byte[text.length()];
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        out[size++] = (byte) (hex(text, i + 1) << 4 | hex(text, i + 2));
        i += 2;
      } else {
        out[size++] = (byte) (plusIsBlank && c == '+' ? ' ' : c);
      }
    }
    return new String(out, 0, size, StandardCharsets.UTF_8);
  }

  private static int hex(String text, int index) throws BadRequest {
    int digit = index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
    if (digit < 0) {
      throw new BadRequest(400, "bad escape");
    }
    return digit;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (!letter && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() < 19;
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
        return true;
      }
    }
    return false;
  }
}
