// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.InflaterInputStream;

/**
 * A fake of the server side of Lumberjack 2, for what {@link CamelBeats} cannot be brought to
 * answer: signs of life, half a window, nonsense. Strict: what is not as the protocol has it ends
 * the connection and is kept as an error.
 */
final class FakeBeats implements AutoCloseable {

  /** Ends the connection, as an answer. */
  static final int HANG_UP = -1;

  private final ServerSocket listening;
  private final Deque<int[]> answers = new ArrayDeque<>();
  private final List<List<String>> windows = new CopyOnWriteArrayList<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private FakeBeats(ServerSocket listening) {
    this.listening = listening;
    daemon(this::accept);
  }

  static FakeBeats listening() throws IOException {
    return new FakeBeats(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  /**
   * To the next window; later ones are acknowledged as a whole.
   *
   * @param sequences of the acknowledgements, 20 ms apart
   */
  synchronized FakeBeats answers(int... sequences) {
    answers.add(sequences);
    return this;
  }

  String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** The events of each window, in the order of arrival. */
  List<List<String>> windows() {
    return new ArrayList<>(windows);
  }

  List<String> errors() {
    return new ArrayList<>(errors);
  }

  int connections() {
    return sockets.size();
  }

  /** Ends the connections there are. */
  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    hangUp();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      for (int version = in.read(); version >= 0; version = in.read()) {
        windows.add(window(version, in));
        for (int sequence : answer(windows.get(windows.size() - 1).size())) {
          if (sequence == HANG_UP) {
            return;
          }
          Thread.sleep(20);
          out.writeBytes("2A");
          out.writeInt(sequence);
        }
      }
    } catch (IOException | InterruptedException e) {
      // Hung up.
    } catch (IllegalStateException e) {
      errors.add(e.getMessage());
    }
  }

  private synchronized int[] answer(int events) {
    return answers.isEmpty() ? new int[] {events} : answers.poll();
  }

  private static List<String> window(int version, DataInputStream in) throws IOException {
    expect(version == '2' && in.read() == 'W', "a window comes first");
    int count = in.readInt();
    expect(in.read() == '2' && in.read() == 'C', "then what is compressed");
    byte[] compressed = in.readNBytes(in.readInt());
    InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(compressed));
    DataInputStream events = new DataInputStream(inflated);
    List<String> window = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      expect(events.read() == '2' && events.read() == 'J', "events are JSON");
      expect(events.readInt() == i, "sequences begin with 1 and have no gap");
      window.add(new String(events.readNBytes(events.readInt()), StandardCharsets.UTF_8));
    }
    expect(events.read() < 0, "nothing follows the last event");
    return window;
  }

  private static void expect(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException(what);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "fake-beats");
    thread.setDaemon(true);
    thread.start();
  }
}
