// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** HTTP/1.1 over one plain socket, so that nothing on this side is observed. */
public final class RawClient implements AutoCloseable {

  /** A response; status 0 when the connection was closed without one. */
  public record Response(int status, List<String> headers, String body) {

    /** The header's values in order. */
    public List<String> all(String name) {
      List<String> values = new ArrayList<>();
      for (String header : headers) {
        int colon = header.indexOf(':');
        if (colon > 0 && header.substring(0, colon).equalsIgnoreCase(name)) {
          values.add(header.substring(colon + 1).trim());
        }
      }
      return values;
    }

    /** The only value. */
    public String header(String name) {
      List<String> values = all(name);
      if (values.size() > 1) {
        throw new AssertionError(name + " more than once: " + values);
      }
      return values.isEmpty() ? null : values.get(0);
    }
  }

  private final Socket socket;
  private final InputStream in;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = socket.getInputStream();
  }

  /** One request on a connection of its own. Headers as {@code name: value}. */
  public static Response get(int port, String target, String... headers) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.send("GET", target, null, headers);
    }
  }

  /** Sends a request and reads the response; the connection stays open if the server likes. */
  public Response send(String method, String target, String body, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (body != null) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return sendBytes(request.append("\r\n").append(body == null ? "" : body).toString());
  }

  /** A response to HEAD has no body, whatever its headers say. */
  public Response sendHead(String target) throws IOException {
    return send("HEAD " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n", false);
  }

  /** Sends what may not be HTTP at all. */
  public Response sendBytes(String bytes) throws IOException {
    return send(bytes, true);
  }

  private Response send(String bytes, boolean hasBody) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    String statusLine = line();
    if (statusLine.isEmpty()) {
      return new Response(0, List.of(), "");
    }
    int status = Integer.parseInt(statusLine.split(" ")[1].substring(0, 3));
    List<String> headers = new ArrayList<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      headers.add(header);
    }
    Response head = new Response(status, headers, "");
    return hasBody ? new Response(status, headers, body(head)) : head;
  }

  private String body(Response head) throws IOException {
    if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
      StringBuilder body = new StringBuilder();
      int length;
      do {
        length = Integer.parseInt(line(), 16);
        body.append(new String(in.readNBytes(length), ISO_8859_1));
        line();
      } while (length > 0);
      return body.toString();
    }
    String length = head.header("Content-Length");
    if (length != null) {
      return new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
    }
    boolean bodiless = head.status() == 204 || head.status() == 304;
    return bodiless ? "" : new String(in.readAllBytes(), ISO_8859_1);
  }

  /** Without its end; empty at the end of the stream. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        if (b != '\r') {
          line.write(b);
        }
      }
    } catch (SocketException e) {
      // Reset: the server has closed with our bytes unread.
      return "";
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
