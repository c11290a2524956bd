// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

/** A server on a raw socket that misbehaves as it is told to. */
final class FakeZipkin implements AutoCloseable {

  /** What is done once a whole request was read. */
  interface Behaviour {
    void answer(Request request, Socket socket) throws Exception;
  }

  record Request(String head, byte[] body, int connection) {

    String header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).trim())
          .findFirst()
          .orElse(null);
    }

    List<Span> spans() {
      return SpanBytesDecoder.JSON_V2.decodeList(body);
    }
  }

  private final ServerSocket server;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Behaviour behaviour;

  FakeZipkin(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
    daemon(this::accept);
  }

  static FakeZipkin on(int port, Behaviour behaviour) throws IOException {
    return new FakeZipkin(
        new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1")), behaviour);
  }

  static FakeZipkin answering(Behaviour behaviour) throws IOException {
    return on(0, behaviour);
  }

  /** A response with Content-Length. */
  static Behaviour status(int status, String body) {
    return (request, socket) ->
        write(
            socket,
            "HTTP/1.1 " + status + " x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
  }

  static Behaviour accepting() {
    return status(202, "");
  }

  /** Never answers; the connection stays open. */
  static Behaviour hanging() {
    return (request, socket) -> Thread.sleep(60_000);
  }

  /** One for each request; the last for all that follow. */
  static Behaviour inTurn(Behaviour... behaviours) {
    AtomicInteger next = new AtomicInteger();
    return (request, socket) ->
        behaviours[Math.min(next.getAndIncrement(), behaviours.length - 1)].answer(request, socket);
  }

  static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/api/v2/spans";
  }

  int connections() {
    return connections.get();
  }

  /** The next request, waited for. */
  Request request() throws InterruptedException {
    Request request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request within 10 s");
    }
    return request;
  }

  int requestsWaiting() {
    return requests.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      sockets.add(socket);
      int number = connections.incrementAndGet();
      daemon(() -> serve(socket, number));
    }
  }

  private void serve(Socket socket, int number) throws Exception {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        String head = head(in);
        byte[] body = new byte[contentLength(head)];
        in.readFully(body);
        Request request = new Request(head, body, number);
        requests.add(request);
        behaviour.answer(request, socket);
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private static int contentLength(String head) {
    return Integer.parseInt(new Request(head, new byte[0], 0).header("Content-Length").trim());
  }

  private interface Body {
    void run() throws Exception;
  }

  private static void daemon(Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Exception e) {
                // The other side, or close(), ended it.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
