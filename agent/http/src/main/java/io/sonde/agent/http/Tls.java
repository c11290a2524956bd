// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.http;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS with the server's name checked (RFC 2818) and certificates trusted that the JVM trusts, or
 * those of a file. A context of its own: the default one belongs to the application, which may have
 * switched the checks off in it. Made for each connection, so that a renewed file is read.
 */
public final class Tls {

  private final @Nullable String caFile;

  private Tls(@Nullable String caFile) {
    this.caFile = caFile;
  }

  /** Trusts what the JVM's trust store vouches for. */
  public static Tls trustingTheJvms() {
    return new Tls(null);
  }

  /**
   * Trusts only these authorities.
   *
   * @param caFile certificates in PEM
   */
  public static Tls trusting(String caFile) {
    return new Tls(caFile);
  }

  /** Hands back the encrypted side of a connected socket whose read timeout is set. */
  Socket wrap(Socket raw, String host, int port) throws IOException {
    return wrap(context(), raw, host, port);
  }

  /** The same with certificates of the context. */
  public static Socket wrap(SSLContext context, Socket raw, String host, int port)
      throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, caFile == null ? null : trustManagers(caFile), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new SSLException("no TLS in this JVM: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trustManagers(String caFile)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = new FileInputStream(caFile)) {
      int count = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("ca-" + ++count, authority);
      }
      if (count == 0) {
        throw new SSLException(caFile + ": no certificate in it");
      }
    } catch (CertificateException | FileNotFoundException e) {
      throw new SSLException(caFile + ": cannot be read as certificates in PEM", e);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}
