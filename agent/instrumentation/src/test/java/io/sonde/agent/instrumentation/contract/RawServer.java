// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Answers over plain sockets, so that nothing on this side is observed, and keeps what arrived.
 *
 * <p>{@code /redirect} leads to {@code /hello}, {@code /missing} is a 404 with a body, {@code
 * /broken} a 500 with one, {@code /drop} closes the connection without an answer, {@code /half} in
 * the middle of one, {@code /secret} asks for a password; everything else is {@code 200 hello}.
 */
public final class RawServer implements AutoCloseable {

  /** A request as it came in. */
  public record Request(String line, List<String> headers, String body) {

    /** The header's values in order. */
    public List<String> all(String name) {
      return new RawClient.Response(0, headers, "").all(name);
    }

    /** The only value, or null. */
    public String header(String name) {
      return new RawClient.Response(0, headers, "").header(name);
    }
  }

  private final ServerSocket listener;
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final List<Socket> open = new ArrayList<>();

  public RawServer() throws IOException {
    this(ServerSocketFactory.getDefault());
  }

  /** Over TLS; HTTP/1.1 whatever the client offers. */
  public RawServer(SSLContext tls) throws IOException {
    this(tls.getServerSocketFactory());
  }

  private RawServer(ServerSocketFactory sockets) throws IOException {
    listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable body) {
    Thread thread = new Thread(body, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The next request that was not read yet. */
  public Request next() throws InterruptedException {
    Request request = requests.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request within 10 s");
    }
    return request;
  }

  /** How many requests nobody has read. */
  public int unread() {
    return requests.size();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        synchronized (open) {
          open.add(socket);
        }
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        Request request = read(line, in);
        requests.add(request);
        if (!answer(request, socket)) {
          return;
        }
      }
    } catch (IOException e) {
      // The caller has gone.
    }
  }

  private static Request read(String line, InputStream in) throws IOException {
    List<String> headers = new ArrayList<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    Request head = new Request(line, headers, "");
    String length = head.header("Content-Length");
    if (length != null) {
      int count = Integer.parseInt(length);
      return new Request(line, headers, new String(in.readNBytes(count), ISO_8859_1));
    }
    return "chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))
        ? new Request(line, headers, chunks(in))
        : head;
  }

  private static String chunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    int length;
    do {
      length = Integer.parseInt(line(in), 16);
      body.append(new String(in.readNBytes(length), ISO_8859_1));
      line(in);
    } while (length > 0);
    return body.toString();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  /** Returns false when the connection is to be closed. */
  private static boolean answer(Request request, Socket socket) throws IOException {
    String path = request.line().split(" ")[1].replaceAll("^http://[^/]*|\\?.*", "");
    switch (path) {
      case "/drop":
        return false;
      case "/half":
        send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot a hundred");
        return false;
      case "/redirect":
        send(socket, "HTTP/1.1 302 Found\r\nLocation: /hello\r\nContent-Length: 0\r\n\r\n");
        return true;
      case "/missing":
        send(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 8\r\n\r\nnot here");
        return true;
      case "/broken":
        send(socket, "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops");
        return true;
      case "/secret":
        if (request.header("Authorization") == null) {
          send(
              socket,
              "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"test\"\r\n"
                  + "Content-Length: 0\r\n\r\n");
        } else {
          send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret");
        }
        return true;
      case "/empty":
        send(socket, "HTTP/1.1 204 No Content\r\n\r\n");
        return true;
      default:
        send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        return true;
    }
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (open) {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
