// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;

/**
 * Writes JSON straight into the batch, byte for byte what {@code SpanBytesEncoder.JSON_V2} writes
 * for the same span (a test compares them), but without a model, builder and array per span: those
 * are several times what the whole request may allocate. One thread.
 */
final class JsonSpanWriter implements SpanWriter {

  private static final byte[] HEX = ascii("0123456789abcdef");

  private static final byte[] TRACE_ID = ascii("{\"traceId\":\"");
  private static final byte[] PARENT_ID = ascii("\",\"parentId\":\"");
  private static final byte[] ID = ascii("\",\"id\":\"");
  private static final byte[] SERVER = ascii("\",\"kind\":\"SERVER\"");
  private static final byte[] CLIENT = ascii("\",\"kind\":\"CLIENT\"");
  private static final byte[] NAME = ascii(",\"name\":\"");
  private static final byte[] TIMESTAMP = ascii(",\"timestamp\":");
  private static final byte[] DURATION = ascii(",\"duration\":");
  private static final byte[] LOCAL = ascii(",\"localEndpoint\":{");
  private static final byte[] REMOTE = ascii(",\"remoteEndpoint\":{");
  private static final byte[] SERVICE_NAME = ascii("\"serviceName\":\"");
  private static final byte[] IPV4 = ascii("\"ipv4\":\"");
  private static final byte[] IPV6 = ascii("\"ipv6\":\"");
  private static final byte[] PORT = ascii("\"port\":");
  private static final byte[] TAGS = ascii(",\"tags\":{\"");
  private static final byte[] DEBUG = ascii(",\"debug\":true");

  /** The longest that one char becomes: a control character as six of ASCII. */
  private static final int MAX_BYTES_PER_CHAR = 6;

  /**
   * What {@link SpanMapper} lets pass, and the names of the fields: 18 KB, asked for once a span,
   * not once a field.
   */
  private static final int MAX_SPAN_BYTES =
      MAX_BYTES_PER_CHAR
              * (2 * SpanMapper.MAX_METHOD
                  + 2 * SpanMapper.MAX_ROUTE
                  + SpanMapper.MAX_PATH
                  + SpanMapper.MAX_ERROR
                  + 4 * SpanMapper.MAX_NAME)
          + 1_024;

  private final SpanBatch batch;
  private byte[] out = new byte[0];
  private int at;
  private boolean tagged;

  private String lastAddress = "";
  private Endpoint lastEndpoint = Endpoint.newBuilder().build();

  JsonSpanWriter(SpanBatch batch) {
    this.batch = batch;
  }

  @Override
  public void ids(long traceIdHigh, long traceId, long parentId, long spanId) {
    out = batch.reserve(MAX_SPAN_BYTES);
    at = batch.position();
    tagged = false;
    raw(TRACE_ID);
    if (traceIdHigh != 0) {
      hex(traceIdHigh);
    }
    hex(traceId);
    if (parentId != 0) {
      raw(PARENT_ID);
      hex(parentId);
    }
    raw(ID);
    hex(spanId);
  }

  @Override
  public void kind(Exchange.Kind kind) {
    raw(kind == Exchange.Kind.SERVER ? SERVER : CLIENT);
  }

  @Override
  public void name(String method, @Nullable String route) {
    if (method.isEmpty() && route == null) {
      return;
    }
    raw(NAME);
    lowerText(method);
    if (route != null) {
      out[at++] = ' ';
      lowerText(route);
    }
    quote();
  }

  @Override
  public void time(long timestamp, long duration) {
    raw(TIMESTAMP);
    number(timestamp);
    raw(DURATION);
    number(duration);
  }

  @Override
  public void local(String serviceName) {
    endpoint(LOCAL, serviceName, null, null, 0);
  }

  @Override
  public void remote(@Nullable String serviceName, @Nullable String ip, int port) {
    if (ip == null || isIpv4(ip)) {
      endpoint(REMOTE, serviceName, ip, null, port);
    } else if (ip.indexOf(':') < 0) {
      endpoint(REMOTE, serviceName, null, null, port);
    } else {
      Endpoint parsed = parsed(ip);
      endpoint(REMOTE, serviceName, parsed.ipv4(), parsed.ipv6(), port);
    }
  }

  @Override
  public void tag(String key, String value) {
    if (tagged) {
      out[at++] = ',';
      out[at++] = '"';
    } else {
      raw(TAGS);
      tagged = true;
    }
    text(key);
    out[at++] = '"';
    out[at++] = ':';
    out[at++] = '"';
    text(value);
    quote();
  }

  @Override
  public void debug() {
    endTags();
    raw(DEBUG);
  }

  @Override
  public void end() {
    endTags();
    out[at++] = '}';
    batch.commit(at);
  }

  private void endTags() {
    if (tagged) {
      out[at++] = '}';
      tagged = false;
    }
  }

  private void endpoint(
      byte[] start,
      @Nullable String serviceName,
      @Nullable String ipv4,
      @Nullable String ipv6,
      int port) {
    boolean named = serviceName != null && !serviceName.isEmpty();
    if (!named && ipv4 == null && ipv6 == null && port == 0) {
      return;
    }
    raw(start);
    if (named) {
      raw(SERVICE_NAME);
      lowerText(serviceName);
      endMember();
    }
    if (ipv4 != null) {
      member(IPV4, ipv4);
    }
    if (ipv6 != null) {
      member(IPV6, ipv6);
    }
    if (port != 0) {
      raw(PORT);
      number(port);
      out[at++] = ',';
    }
    // In place of the last member's comma.
    out[at - 1] = '}';
  }

  private void member(byte[] start, String value) {
    raw(start);
    text(value);
    endMember();
  }

  private void endMember() {
    out[at++] = '"';
    out[at++] = ',';
  }

  /** The library knows IPv6's many spellings; callers repeat, so that the last is kept. */
  private Endpoint parsed(String ip) {
    if (!ip.equals(lastAddress)) {
      lastEndpoint = Endpoint.newBuilder().ip(ip).build();
      lastAddress = ip;
    }
    return lastEndpoint;
  }

  /** Four numbers of 0 to 255 in their shortest form. */
  private static boolean isIpv4(String text) {
    int length = text.length();
    int dots = 0;
    int start = 0;
    int value = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (i == start || ++dots > 3) {
          return false;
        }
        start = i + 1;
        value = 0;
      } else {
        value = value * 10 + (c - '0');
        if (c < '0' || c > '9' || value > 255 || (i > start && text.charAt(start) == '0')) {
          return false;
        }
      }
    }
    return dots == 3 && start < length;
  }

  private void raw(byte[] bytes) {
    System.arraycopy(bytes, 0, out, at, bytes.length);
    at += bytes.length;
  }

  private void quote() {
    out[at++] = '"';
  }

  private void hex(long id) {
    byte[] to = out;
    int end = at + 16;
    for (int i = end - 1; i >= at; i--) {
      to[i] = HEX[(int) id & 15];
      id >>>= 4;
    }
    at = end;
  }

  private void number(long value) {
    int length = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      length++;
    }
    for (int i = at + length - 1; i >= at; i--) {
      out[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    at += length;
  }

  /** As {@link String#toLowerCase} in the root locale; ASCII is lowered where it was written. */
  private void lowerText(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        text(text.toLowerCase(Locale.ROOT));
        return;
      }
    }
    int start = at;
    text(text);
    for (int i = start; i < at; i++) {
      // Escapes hold no capital.
      if (out[i] >= 'A' && out[i] <= 'Z') {
        out[i] += 'a' - 'A';
      }
    }
  }

  /** RFC 8259, 7; besides, U+2028 and U+2029 are escaped, which end a line in JavaScript. */
  private void text(String text) {
    byte[] to = out;
    // In a local: the field would be written back for each byte.
    int end = at;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
        to[end++] = (byte) c;
        continue;
      }
      at = end;
      if (c >= 0x80) {
        i = beyondAscii(text, i);
      } else {
        escape(c);
      }
      end = at;
    }
    at = end;
  }

  private void escape(char c) {
    out[at++] = '\\';
    switch (c) {
      case '"':
      case '\\':
        out[at++] = (byte) c;
        return;
      case '\t':
        out[at++] = 't';
        return;
      case '\b':
        out[at++] = 'b';
        return;
      case '\n':
        out[at++] = 'n';
        return;
      case '\r':
        out[at++] = 'r';
        return;
      case '\f':
        out[at++] = 'f';
        return;
      default:
        out[at++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
          out[at++] = HEX[c >>> shift & 15];
        }
    }
  }

  /**
   * As UTF-8. Half a surrogate pair becomes {@code ?}.
   *
   * @return the last index that was read
   */
  private int beyondAscii(String text, int i) {
    char c = text.charAt(i);
    if (c == '\u2028' || c == '\u2029') {
      escape(c);
    } else if (c < 0x800) {
      out[at++] = (byte) (0xc0 | c >> 6);
      out[at++] = continuation(c);
    } else if (!Character.isSurrogate(c)) {
      out[at++] = (byte) (0xe0 | c >> 12);
      out[at++] = continuation(c >> 6);
      out[at++] = continuation(c);
    } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
      int point = Character.toCodePoint(c, text.charAt(i + 1));
      out[at++] = (byte) (0xf0 | point >> 18);
      out[at++] = continuation(point >> 12);
      out[at++] = continuation(point >> 6);
      out[at++] = continuation(point);
      return i + 1;
    } else {
      out[at++] = '?';
    }
    return i;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | bits & 0x3f);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
