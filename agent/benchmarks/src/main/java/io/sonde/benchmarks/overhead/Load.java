// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Asks one path over a few keep-alive connections, each again as soon as it was answered. */
final class Load {

  private static final int CONNECTIONS = 4;

  private final int port;
  private final byte[] request;

  Load(int port, String path) {
    this.port = port;
    this.request =
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load/1\r\nAccept: */*\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns how many were answered. */
  long run(long millis) throws InterruptedException {
    AtomicLong answered = new AtomicLong();
    long end = System.nanoTime() + millis * 1_000_000;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread = new Thread(() -> ask(end, answered));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return answered.get();
  }

  private void ask(long end, AtomicLong answered) {
    byte[] buffer = new byte[16_384];
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        boolean open = true;
        while (open && System.nanoTime() < end) {
          open = exchange(socket, buffer);
          answered.incrementAndGet();
        }
      } catch (IOException e) {
        // The next connection.
      }
    }
  }

  /** Returns false when the server ends the connection after this answer. */
  private boolean exchange(Socket socket, byte[] buffer) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(request);
    InputStream in = socket.getInputStream();
    int length = 0;
    String head = "";
    int headEnd = -1;
    while (headEnd < 0) {
      int n = in.read(buffer, length, buffer.length - length);
      if (n < 0) {
        throw new IOException("ended");
      }
      length += n;
      head = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      headEnd = head.indexOf("\r\n\r\n");
    }
    int body = contentLength(head);
    if (body < 0) {
      while (!head.endsWith("0\r\n\r\n")) {
        length += Math.max(0, in.read(buffer, length, buffer.length - length));
        head = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      }
    } else {
      for (int left = headEnd + 4 + body - length; left > 0; ) {
        left -= in.read(buffer, 0, Math.min(left, buffer.length));
      }
    }
    return !head.contains("Connection: close");
  }

  private static int contentLength(String head) {
    int at = head.indexOf("Content-Length: ");
    return at < 0 ? -1 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)).trim());
  }
}
