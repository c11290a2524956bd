// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.http.Tls;
import io.sonde.agent.recording.Secret;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, plain or TLS. Neither the application's default {@code SSLContext} nor its
 * socket factories are used. The host's name is resolved at each connection, and with TLS it must
 * be the certificate's; a server that asks gets the certificate of {@code logs.tls.keystore}.
 */
final class LogstashSockets {

  /** What a connection is used as. */
  interface Use<C> {

    /**
     * @param plain below TLS, or the same
     */
    C of(Socket plain, Socket socket) throws IOException;
  }

  /** Also for the TLS handshake. */
  private static final int CONNECT_MILLIS = 2_000;

  /** Bounds what lies in the kernel, unknown to us, when a connection breaks. */
  private static final int SEND_BUFFER = 128 * 1024;

  private final boolean tls;
  private final @Nullable String truststore;
  private final @Nullable String truststorePassword;
  private final @Nullable String keystore;
  private final Secret keystorePassword;

  LogstashSockets(LogConfig config) {
    tls = config.tls();
    truststore = config.truststore();
    truststorePassword = config.truststorePassword();
    keystore = config.keystore();
    keystorePassword = config.keystorePassword();
  }

  <C> C connect(LogstashAddress to, int timeoutMillis, Use<C> use) throws IOException {
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
      return use.of(plain, tls ? Tls.wrap(context(), plain, to.host(), to.port()) : plain);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /** Made anew at each connection: files that were replaced are read again. */
  private SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trusted(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS in this JVM: " + e.getMessage(), e);
    }
  }

  private TrustManager[] trusted() throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(truststore == null ? null : load(truststore, truststorePassword));
      return trust.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException("logs.tls.truststore: " + e.getMessage(), e);
    }
  }

  /** Null: a server that asks for a certificate gets none. */
  private KeyManager @Nullable [] keys() throws IOException {
    if (keystore == null) {
      return null;
    }
    keystorePassword.changed();
    String password = keystorePassword.value();
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(load(keystore, password), password == null ? null : password.toCharArray());
      return keys.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException("logs.tls.keystore: " + e.getMessage(), e);
    }
  }

  private static KeyStore load(String path, @Nullable String password)
      throws IOException, GeneralSecurityException {
    // Java 8's JKS reads PKCS12 too, and the other way round from 9 on.
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try (InputStream in = new FileInputStream(path)) {
      store.load(in, password == null ? null : password.toCharArray());
    }
    return store;
  }
}
