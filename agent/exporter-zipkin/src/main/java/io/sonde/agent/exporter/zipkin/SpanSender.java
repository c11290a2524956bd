// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.reporter.BytesMessageSender;

/**
 * Posts messages over one kept connection, and makes a new one, its name resolved again, when that
 * is lost. One thread sends; {@link #tick} and {@link #abort} may come from any.
 *
 * <p>A sender for any zipkin-reporter; Sonde's own delivery calls {@link #post}, which takes a run
 * of a reused buffer instead of an array per span.
 */
final class SpanSender extends BytesMessageSender.Base {

  /** To connect, and again for TLS and for the response. */
  static final int TIMEOUT_MILLIS = 2_000;

  /** What a request may take in all; only a peer that does not read gets there. */
  private static final long LIMIT_NANOS = 6_000_000_000L;

  /** Of a name with many addresses, so that a try ends in time. */
  private static final int MAX_ADDRESSES = 3;

  private static final int MESSAGE_MAX_BYTES = 500_000;

  private final ZipkinConfig config;
  private final String head;
  private @Nullable HttpConnection connection;
  private volatile @Nullable Socket socket;
  private volatile boolean aborted;
  private volatile boolean overdue;

  /** {@link System#nanoTime} when the request in hand must be over; 0: there is none. */
  private volatile long limitNanos;

  SpanSender(ZipkinConfig config) {
    super(config.format());
    this.config = config;
    this.head = head(config);
  }

  /**
   * Sends one message and reads what the server says, whatever the status. A connection that the
   * server closed while it was idle is replaced without a word.
   */
  HttpResponse post(SpanBatch.Message message) throws IOException {
    if (aborted) {
      throw new SocketException("closed");
    }
    overdue = false;
    limitNanos = (System.nanoTime() + LIMIT_NANOS) | 1;
    try {
      return postOnFreshOrKept(message);
    } catch (IOException e) {
      disconnect();
      if (overdue) {
        throw new SocketTimeoutException("request took too long");
      }
      throw e;
    } finally {
      limitNanos = 0;
    }
  }

  /** Cuts off a request that takes too long: a blocked write knows no timeout. Does not block. */
  void tick(long nowNanos) {
    long limit = limitNanos;
    if (limit != 0 && nowNanos - limit > 0) {
      overdue = true;
      closeSocket();
    }
  }

  /** Ends the request in hand, and every later one, with an exception. Does not block. */
  void abort() {
    aborted = true;
    closeSocket();
  }

  boolean aborted() {
    return aborted;
  }

  @Override
  public int messageMaxBytes() {
    return MESSAGE_MAX_BYTES;
  }

  @Override
  public void send(List<byte[]> encodedSpans) throws IOException {
    byte[] message = encoding.encode(encodedSpans);
    HttpResponse response = post(new SpanBatch.Message(message, 0, message.length));
    if (response.status() / 100 != 2) {
      throw new IOException(response.describe());
    }
  }

  @Override
  public void close() {
    abort();
  }

  private HttpResponse postOnFreshOrKept(SpanBatch.Message message) throws IOException {
    HttpConnection kept = connection;
    if (kept != null) {
      try {
        return exchange(kept, message);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        if (kept.answered() || overdue || aborted) {
          throw e;
        }
        disconnect();
      }
    }
    return exchange(connect(), message);
  }

  private HttpResponse exchange(HttpConnection on, SpanBatch.Message message) throws IOException {
    HttpResponse response = on.exchange(head, message, TIMEOUT_MILLIS);
    if (!response.keepAlive()) {
      disconnect();
    }
    return response;
  }

  private HttpConnection connect() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(config.endpoint().getHost());
    for (int i = 0; ; i++) {
      try {
        connection = connect(addresses[i]);
        return connection;
      } catch (IOException e) {
        disconnect();
        if (i + 1 >= Math.min(addresses.length, MAX_ADDRESSES) || aborted || overdue) {
          throw e;
        }
      }
    }
  }

  private HttpConnection connect(InetAddress address) throws IOException {
    // Without this argument the application's ProxySelector would be asked for a SOCKS proxy.
    Socket raw = new Socket(Proxy.NO_PROXY);
    socket = raw;
    if (aborted) {
      throw new SocketException("closed");
    }
    raw.setTcpNoDelay(true);
    raw.connect(new InetSocketAddress(address, config.port()), TIMEOUT_MILLIS);
    raw.setSoTimeout(TIMEOUT_MILLIS);
    return new HttpConnection(
        config.secure() ? TlsClient.wrap(raw, hostWithoutBrackets(), config.port()) : raw);
  }

  private String hostWithoutBrackets() {
    String host = config.endpoint().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private void disconnect() {
    connection = null;
    closeSocket();
  }

  /** The raw socket, also under TLS: a farewell could block. */
  private void closeSocket() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // It is of no more use in any case.
      }
    }
  }

  private static String head(ZipkinConfig config) {
    String path = config.endpoint().getRawPath();
    String query = config.endpoint().getRawQuery();
    StringBuilder head =
        new StringBuilder("POST ")
            .append(path)
            .append(query == null ? "" : "?" + query)
            .append(" HTTP/1.1\r\nHost: ")
            .append(config.endpoint().getRawAuthority())
            .append("\r\nUser-Agent: sonde\r\nContent-Type: ")
            .append(config.format().mediaType())
            // An observed backend must not trace what brings it traces.
            .append("\r\nb3: 0\r\n");
    for (Map.Entry<String, String> header : config.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    return head.toString();
  }
}
