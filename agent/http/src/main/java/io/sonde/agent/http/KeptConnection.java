// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server over one kept connection, and makes a new one, its name resolved
 * again, when that is lost. One thread sends; {@link #tick} and {@link #abort} may come from any.
 */
public final class KeptConnection {

  /** Of a name with many addresses, so that a try ends in time. */
  private static final int MAX_ADDRESSES = 3;

  /** What a request may take in all, in timeouts; only a peer that does not read gets there. */
  private static final int LIMIT_IN_TIMEOUTS = 3;

  private final String host;
  private final int port;
  private final @Nullable Tls tls;
  private final int timeoutMillis;
  private final int maxText;
  private @Nullable HttpConnection connection;
  private volatile @Nullable Socket socket;
  private volatile boolean aborted;
  private volatile boolean overdue;

  /** {@link System#nanoTime} when the request in hand must be over; 0: there is none. */
  private volatile long limitNanos;

  /**
   * @param host a name, or an address; of version 6 with or without brackets
   * @param tls null for plain HTTP
   * @param timeoutMillis to connect, and again for TLS and for the response
   * @param maxText bytes of a response's body that are kept
   */
  public KeptConnection(String host, int port, @Nullable Tls tls, int timeoutMillis, int maxText) {
    this.host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    this.port = port;
    this.tls = tls;
    this.timeoutMillis = timeoutMillis;
    this.maxText = maxText;
  }

  /**
   * Sends one request and reads what the server says, whatever the status. A connection that the
   * server closed while it was idle is replaced without a word, so that a request may arrive twice.
   *
   * @param head the request line and headers but Content-Length, each ended by CR LF
   */
  public HttpResponse exchange(String head, byte[] body, int offset, int length)
      throws IOException {
    if (aborted) {
      throw new SocketException("closed");
    }
    overdue = false;
    limitNanos = (System.nanoTime() + LIMIT_IN_TIMEOUTS * timeoutMillis * 1_000_000L) | 1;
    try {
      return onKeptOrFresh(head, body, offset, length);
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
  public void tick(long nowNanos) {
    long limit = limitNanos;
    if (limit != 0 && nowNanos - limit > 0) {
      overdue = true;
      closeSocket();
    }
  }

  /** Ends the request in hand, and every later one, with an exception. Does not block. */
  public void abort() {
    aborted = true;
    closeSocket();
  }

  public boolean aborted() {
    return aborted;
  }

  private HttpResponse onKeptOrFresh(String head, byte[] body, int offset, int length)
      throws IOException {
    HttpConnection kept = connection;
    if (kept != null) {
      try {
        return exchange(kept, head, body, offset, length);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        if (kept.answered() || overdue || aborted) {
          throw e;
        }
        disconnect();
      }
    }
    return exchange(connect(), head, body, offset, length);
  }

  private HttpResponse exchange(HttpConnection on, String head, byte[] body, int offset, int length)
      throws IOException {
    HttpResponse response = on.exchange(head, body, offset, length, timeoutMillis, maxText);
    if (!response.keepAlive()) {
      disconnect();
    }
    return response;
  }

  private HttpConnection connect() throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (int i = 0; ; i++) {
      try {
        HttpConnection made = connect(addresses[i]);
        connection = made;
        return made;
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
    raw.connect(new InetSocketAddress(address, port), timeoutMillis);
    raw.setSoTimeout(timeoutMillis);
    return new HttpConnection(tls == null ? raw : tls.wrap(raw, host, port));
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
}
