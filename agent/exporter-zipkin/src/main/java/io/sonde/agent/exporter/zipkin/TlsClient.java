// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS with the JVM's trusted certificates and the server's name checked (RFC 2818). A context of
 * its own: the default one belongs to the application, which may have switched the checks off in
 * it.
 */
final class TlsClient {

  private TlsClient() {}

  /** Hands back the encrypted side of a connected socket whose read timeout is set. */
  static Socket wrap(Socket raw, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) context().getSocketFactory().createSocket(raw, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Made for each connection, so that a renewed trust store is read. */
  private static SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new SSLException("no TLS in this JVM: " + e.getMessage(), e);
    }
  }
}
