// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, plain or TLS. Neither the application's default {@code SSLContext} nor its
 * socket factories are used. The host's name is resolved at each connection, and with TLS it must
 * be the certificate's.
 */
final class LogstashSockets {

  /** Also for the TLS handshake. */
  private static final int CONNECT_MILLIS = 2_000;

  /** Bounds what lies in the kernel, unknown to us, when a connection breaks. */
  private static final int SEND_BUFFER = 128 * 1024;

  private final boolean tls;
  private final @Nullable String truststore;
  private final @Nullable String password;

  LogstashSockets(LogConfig config) {
    tls = config.tls();
    truststore = config.truststore();
    password = config.truststorePassword();
  }

  LogstashConnection connect(LogstashAddress to, int timeoutMillis) throws IOException {
    int timeout = Math.max(1, Math.min(CONNECT_MILLIS, timeoutMillis));
    Socket plain = new Socket();
    try {
      plain.setSendBufferSize(SEND_BUFFER);
      plain.setTcpNoDelay(true);
      plain.setKeepAlive(true);
      InetSocketAddress address = new InetSocketAddress(to.host(), to.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException("unknown host " + to.host());
      }
      plain.connect(address, timeout);
      plain.setSoTimeout(timeout);
      return new LogstashConnection(plain, tls ? secured(plain, to) : plain);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, LogstashAddress to) throws IOException {
    SSLSocket socket =
        (SSLSocket) context().getSocketFactory().createSocket(plain, to.host(), to.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Made anew at each connection: a truststore that was replaced is read again. */
  private SSLContext context() throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(truststore == null ? null : load(truststore));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("logs.tls.truststore: " + e.getMessage(), e);
    }
  }

  private KeyStore load(String path) throws IOException, GeneralSecurityException {
    // Java 8's JKS reads PKCS12 too, and the other way round from 9 on.
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try (InputStream in = new FileInputStream(path)) {
      store.load(in, password == null ? null : password.toCharArray());
    }
    return store;
  }
}
