// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.http;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A server's address as users write it, and the way to it. Immutable. */
public final class Endpoint {

  private static final int HIGHEST_PORT = 65_535;

  private final boolean secure;
  private final String host;
  private final int port;
  private final String path;

  private Endpoint(boolean secure, String host, int port, String path) {
    this.secure = secure;
    this.host = host;
    this.port = port;
    this.path = path;
  }

  /**
   * Reads {@code host}, {@code host:port} or {@code http[s]://host[:port][/path]}.
   *
   * @param key of the setting, for the message
   * @param secure TLS when {@code text} names no scheme
   * @param defaultPort when {@code text} names neither scheme nor port
   * @throws IllegalArgumentException with key, value and what is allowed
   */
  public static Endpoint parse(String key, String text, boolean secure, int defaultPort) {
    String trimmed = text.trim();
    if (trimmed.toLowerCase(Locale.ROOT).startsWith("unix:")) {
      throw bad(key, trimmed, "Java has no sockets of that kind everywhere; give host:port");
    }
    boolean bare = !trimmed.contains("://");
    URI uri;
    try {
      uri = new URI(bare ? (secure ? "https://" : "http://") + trimmed : trimmed);
    } catch (URISyntaxException e) {
      throw bad(key, trimmed, "allowed is host:port or http(s)://host:port");
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http") || scheme.equals("https");
    if (!http || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
      throw bad(key, trimmed, "allowed is host:port or http(s)://host:port");
    }
    boolean tls = scheme.equals("https");
    int port = uri.getPort() > 0 ? uri.getPort() : bare ? defaultPort : tls ? 443 : 80;
    return new Endpoint(tls, uri.getHost(), port, withoutSlash(uri.getRawPath()));
  }

  public boolean secure() {
    return secure;
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** Before every path; empty, or without a slash at its end. */
  public String path() {
    return path;
  }

  /**
   * The beginning of a request: its line, and the headers that each has.
   *
   * @param path behind {@link #path}, with the query, encoded
   */
  public String head(String method, String path) {
    return String.format(
        "%s %s%s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: sonde\r\n",
        method, this.path, path, host, port);
  }

  /**
   * A connection to it, which is made with the first request.
   *
   * @param caFile authorities for https in PEM; null for those of the JVM
   * @param timeoutMillis to connect, and again for TLS and for the response
   * @param maxText bytes of a response's body that are kept
   */
  public KeptConnection connection(@Nullable String caFile, int timeoutMillis, int maxText) {
    Tls tls = caFile == null ? Tls.trustingTheJvms() : Tls.trusting(caFile);
    return new KeptConnection(host, port, secure ? tls : null, timeoutMillis, maxText);
  }

  /**
   * Asks once, on a connection of its own, and hands back the answer, whatever its status. The rest
   * as above.
   *
   * @param headers each ended by CR LF; may be empty
   */
  public HttpResponse get(
      String path, String headers, @Nullable String caFile, int timeoutMillis, int maxText)
      throws IOException {
    KeptConnection connection = connection(caFile, timeoutMillis, maxText);
    try {
      return connection.exchange(head("GET", path) + headers, new byte[0], 0, 0);
    } finally {
      connection.abort();
    }
  }

  /** Asks a name server when the host is a name. */
  public boolean isLoopback() throws IOException {
    return isLoopback(host);
  }

  public static boolean isLoopback(String host) throws IOException {
    return InetAddress.getByName(host).isLoopbackAddress();
  }

  /** The address of this host that packets to the server come from. Sends none. */
  public String ownAddress() throws IOException {
    try (DatagramSocket route = new DatagramSocket()) {
      route.connect(new InetSocketAddress(InetAddress.getByName(host), port));
      return withoutScope(route.getLocalAddress().getHostAddress());
    }
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + host + ":" + port + path;
  }

  private static String withoutScope(String address) {
    int percent = address.indexOf('%');
    return percent < 0 ? address : address.substring(0, percent);
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static IllegalArgumentException bad(String key, String value, String why) {
    // What stands before the @ may be a password.
    String shown = value.replaceAll("//.*@", "//***@");
    return new IllegalArgumentException(key + "=" + shown + ": " + why);
  }
}
