// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Passes bytes on both ways, but cuts the first connection when its first answer comes. */
final class CutRelay implements AutoCloseable {

  private final ServerSocket listening;
  private final URI target;
  private volatile boolean cut;

  private CutRelay(ServerSocket listening, URI target) {
    this.listening = listening;
    this.target = target;
  }

  static CutRelay to(String url) throws IOException {
    CutRelay relay =
        new CutRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(url));
    daemon(relay::accept);
    return relay;
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** The first answer came, and was kept from the client. */
  boolean cut() {
    return cut;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(target.getHost(), target.getPort());
        daemon(() -> pass(client, server, false));
        daemon(() -> pass(server, client, true));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (answers && !cut) {
          cut = true;
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException ended) {
      // Both ends are closed by then.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "cut-relay");
    thread.setDaemon(true);
    thread.start();
  }
}
