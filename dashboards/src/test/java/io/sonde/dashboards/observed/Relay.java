// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.observed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Hands each datagram that it gets to every port that asked for it, as it is. Any thread. */
final class Relay implements AutoCloseable {

  private static final Pattern RARE =
      Pattern.compile("\\.sonde\\.(started\\.|health\\.[^:]*-(pass|warn|fail)-(pass|warn|fail):)");

  private final DatagramSocket socket;
  private final List<Integer> ports = new CopyOnWriteArrayList<>();
  private final List<byte[]> rare = new CopyOnWriteArrayList<>();

  Relay() {
    try {
      socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      socket.setReceiveBufferSize(1 << 20);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::run, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Of starts and changes of health it hears, too, however long ago: each is told once. */
  void to(int port) {
    ports.add(port);
    rare.forEach(line -> send(new DatagramPacket(line, line.length), port));
  }

  private void run() {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
      } catch (IOException e) {
        continue; // a port that has gone; or this socket has, and that ends it
      }
      remember(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
      for (int port : ports) {
        send(packet, port);
      }
      packet.setLength(packet.getData().length);
    }
  }

  private void remember(String lines) {
    lines
        .lines()
        .filter(line -> RARE.matcher(line).find())
        .forEach(line -> rare.add(line.getBytes(StandardCharsets.UTF_8)));
  }

  private void send(DatagramPacket packet, int port) {
    try {
      socket.send(
          new DatagramPacket(
              packet.getData(), packet.getLength(), InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      ports.remove(Integer.valueOf(port));
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
