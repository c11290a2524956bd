// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.MessageMask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import zipkin2.reporter.Encoding;

/** Where spans go and how: the settings {@code zipkin.*}, checked. Immutable. */
public final class ZipkinConfig {

  /** Where a Zipkin server takes spans, when the endpoint names no path. */
  private static final String DEFAULT_PATH = "/api/v2/spans";

  /** Sent by {@link SpanSender} itself. */
  private static final Set<String> RESERVED =
      new HashSet<>(
          Arrays.asList(
              "host", "content-length", "content-type", "transfer-encoding", "connection", "b3"));

  private final URI endpoint;
  private final Map<String, String> headers;
  private final Encoding encoding;
  private final ClientIp clientIp;
  private final MessageMask mask;
  private final @Nullable String spoolDirectory;
  private final long spoolBytes;

  private ZipkinConfig(
      URI endpoint,
      Map<String, String> headers,
      Encoding encoding,
      ClientIp clientIp,
      MessageMask mask,
      @Nullable String spoolDirectory,
      long spoolBytes) {
    this.endpoint = endpoint;
    this.headers = Collections.unmodifiableMap(headers);
    this.encoding = encoding;
    this.clientIp = clientIp;
    this.mask = mask;
    this.spoolDirectory = spoolDirectory;
    this.spoolBytes = spoolBytes;
  }

  /**
   * Reads the settings.
   *
   * @param endpoint {@code zipkin.endpoint}: {@code http[s]://[user:password@]host[:port][/path]};
   *     without a path {@code /api/v2/spans}
   * @param headers {@code zipkin.headers}: {@code X-Scope=team,Authorization=Bearer abc}; a comma
   *     inside a value is {@code \,}
   * @param encoding {@code zipkin.encoding}: {@code json} (default) or {@code proto3}
   * @throws IllegalArgumentException with key, value (never a password) and what is allowed
   */
  public static ZipkinConfig parse(
      String endpoint, @Nullable String headers, @Nullable String encoding) {
    URI uri = uri(endpoint.trim());
    Map<String, String> all = headers(headers == null ? "" : headers);
    String user = uri.getRawUserInfo();
    if (user != null && !all.containsKey("Authorization")) {
      all.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(percentDecoded(user)));
    }
    return new ZipkinConfig(
        withoutUser(uri),
        new LinkedHashMap<>(all),
        encoding(encoding == null ? "json" : encoding),
        ClientIp.MASKED,
        new MessageMask(Collections.<String>emptyList()),
        null,
        0);
  }

  /** The same, but for {@code zipkin.client-ip}, which is masked by default. */
  public ZipkinConfig clientIp(ClientIp shown) {
    return new ZipkinConfig(endpoint, headers, encoding, shown, mask, spoolDirectory, spoolBytes);
  }

  /** The same, but for what is shown of exceptions' messages: by default, no key's value. */
  public ZipkinConfig mask(MessageMask newMask) {
    return new ZipkinConfig(
        endpoint, headers, encoding, clientIp, newMask, spoolDirectory, spoolBytes);
  }

  /**
   * The same, but for where spans wait that the server has not taken.
   *
   * @param directory {@code zipkin.spool}; null: in memory
   */
  public ZipkinConfig spool(@Nullable String directory, long maxBytes) {
    return new ZipkinConfig(endpoint, headers, encoding, clientIp, mask, directory, maxBytes);
  }

  /** Without user and password; path and port are as given. */
  public URI endpoint() {
    return endpoint;
  }

  /** To add to each request, the basic authentication of the URL among them: secrets. */
  public Map<String, String> headers() {
    return headers;
  }

  /** {@code json} or {@code proto3}. */
  public String encoding() {
    return encoding.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Posts an empty list, as spans would be posted: whether the server is there, and takes them.
   *
   * @throws IOException also with what it answers, when that is no success
   */
  public void postNothing() throws IOException {
    try (SpanSender sender = new SpanSender(this)) {
      sender.send(Collections.emptyList());
    }
  }

  ClientIp clientIp() {
    return clientIp;
  }

  @Nullable SpanSpool openSpool(Ledger.Account account) {
    return spoolDirectory == null
        ? null
        : SpanSpool.open(spoolDirectory, encoding(), spoolBytes, account);
  }

  MessageMask mask() {
    return mask;
  }

  Encoding format() {
    return encoding;
  }

  boolean secure() {
    return endpoint.getScheme().equalsIgnoreCase("https");
  }

  int port() {
    return endpoint.getPort() >= 0 ? endpoint.getPort() : secure() ? 443 : 80;
  }

  /** Without secrets: a query may hold a key. */
  @Override
  public String toString() {
    return endpoint.getScheme() + "://" + endpoint.getRawAuthority() + endpoint.getRawPath();
  }

  private static URI uri(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // Not the exception's text: it repeats the password.
      throw bad("zipkin.endpoint", masked(text), "not a URL; allowed is http(s)://host:port/path");
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad("zipkin.endpoint", masked(text), "does not start with http:// or https://");
    }
    if (uri.getHost() == null) {
      throw bad("zipkin.endpoint", masked(text), "has no host, or a bad port");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw bad("zipkin.endpoint", masked(text), "port is not in 1..65535");
    }
    return uri;
  }

  private static URI withoutUser(URI uri) {
    String path = uri.getRawPath();
    StringBuilder text = new StringBuilder(uri.getScheme()).append("://").append(uri.getHost());
    if (uri.getPort() >= 0) {
      text.append(':').append(uri.getPort());
    }
    text.append(path == null || path.isEmpty() || path.equals("/") ? DEFAULT_PATH : path);
    if (uri.getRawQuery() != null) {
      text.append('?').append(uri.getRawQuery());
    }
    return URI.create(URI.create(text.toString()).toASCIIString());
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String pair : text.split("(?<!\\\\),")) {
      if (!pair.trim().isEmpty()) {
        addHeader(pair.replace("\\,", ","), headers);
      }
    }
    return headers;
  }

  private static void addHeader(String pair, Map<String, String> headers) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair.trim() : pair.substring(0, equals).trim();
    if (equals < 0 || !name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw bad("zipkin.headers", name, "allowed is Name=value,Name=value");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw bad("zipkin.headers", name, "is set by Sonde itself");
    }
    String value = pair.substring(equals + 1).trim();
    if (!value.matches("[\\x20-\\x7e\\t]*")) {
      throw bad("zipkin.headers", name, "its value may hold printable ASCII only");
    }
    headers.put(name, value);
  }

  private static Encoding encoding(String name) {
    switch (name.trim().toLowerCase(Locale.ROOT)) {
      case "json":
        return Encoding.JSON;
      case "proto3":
        return Encoding.PROTO3;
      default:
        throw bad("zipkin.encoding", name, "allowed are json, proto3");
    }
  }

  /** RFC 3986, 2.1. A percent sign that starts no escape stands for itself. */
  private static byte[] percentDecoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      decoded.write(low < 0 ? bytes[i] : high << 4 | low);
      i += low < 0 ? 0 : 2;
    }
    return decoded.toByteArray();
  }

  /** What stands before the last {@code @} may be a password. */
  private static String masked(String text) {
    int at = text.lastIndexOf('@');
    return at < 0 ? text : "***" + text.substring(at);
  }

  private static IllegalArgumentException bad(String key, String value, String why) {
    return new IllegalArgumentException(key + "=" + value + ": " + why);
  }
}
