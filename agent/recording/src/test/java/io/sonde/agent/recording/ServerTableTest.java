// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerTableTest {

  /** Reads parts that are the numbers themselves: used, limit. */
  private static final ServerTable.Reader READER =
      new ServerTable.Reader() {
        @Override
        public String name(Object server) {
          return server.toString();
        }

        @Override
        public int port(Object server) {
          return server.toString().startsWith(":")
              ? Integer.parseInt(name(server).substring(1))
              : 0;
        }

        @Override
        public int openSockets(Object sockets) {
          return ((int[]) sockets)[0];
        }

        @Override
        public int maxSockets(Object sockets) {
          return ((int[]) sockets)[1];
        }

        @Override
        public int busyThreads(Object threads) {
          return ((int[]) threads)[0];
        }

        @Override
        public int maxThreads(Object threads) {
          return ((int[]) threads)[1];
        }
      };

  private final ServerTable table = new ServerTable();
  private final List<Object> held = new ArrayList<>();

  ServerTableTest() {
    table.readers(kind -> kind.equals("mute") ? null : READER);
  }

  @Test
  void knowsNothingWithoutAServer() {
    assertThat(numbers()).containsExactly(-1, -1, -1, -1);
  }

  @Test
  void addsServersUp() {
    add("a", part(3, 10), part(1, 4));
    add("b", part(4, 20), part(2, 8));

    assertThat(numbers()).containsExactly(7, 30, 3, 12);
  }

  @Test
  void tellsThePortOfTheFirstThatHasOne() {
    assertThat(table.firstPort()).isZero();
    table.add("some", keep("unknown"), keep(part(1, 1)), null);
    table.add("some", keep(":8080"), keep(part(1, 1)), null);
    table.add("some", keep(":8081"), keep(part(1, 1)), null);

    assertThat(table.firstPort()).isEqualTo(8080);
  }

  @Test
  void countsThreadsThatServersShareOnce() {
    int[] shared = part(5, 8);
    add("http", part(1, 10), shared);
    add("https", part(2, 10), shared);

    assertThat(numbers()).containsExactly(3, 20, 5, 8);
  }

  @Test
  void hasNoLimitWhereOneServerHasNone() {
    add("a", part(3, 10), part(1, 4));
    add("b", part(4, -1), part(2, -1));

    assertThat(numbers()).containsExactly(7, -1, 3, -1);
  }

  @Test
  void leavesOutWhatIsNotTold() {
    add("a", part(3, 10), null);
    table.add("mute", keep("b"), keep("b"), keep("b"));

    assertThat(numbers()).containsExactly(3, 10, -1, -1);
    assertThat(table.loads().each).hasSize(2);
  }

  @Test
  void forgetsAServerThatStopsAndKnowsItAnewWhenItStarts() {
    Object server = add("a", part(3, 10), part(1, 4));
    table.add("some", server, keep(part(5, 10)), keep(part(2, 4)));
    assertThat(numbers()).containsExactly(5, 10, 2, 4);

    table.remove(server);

    assertThat(table.loads().each).isEmpty();
  }

  @Test
  void keepsNoServerAlive() {
    add("a", part(3, 10), part(1, 4));
    held.clear();

    while (!table.loads().each.isEmpty()) {
      System.gc();
    }
    assertThat(numbers()).containsExactly(-1, -1, -1, -1);
  }

  @Test
  void isBounded() {
    for (int i = 0; i < 100; i++) {
      add("server " + i, part(1, 1), part(1, 1));
    }

    assertThat(table.loads().each).hasSize(64);
  }

  private int[] numbers() {
    ServerTable.Load total = table.loads().total;
    return new int[] {total.openSockets, total.maxSockets, total.busyThreads, total.maxThreads};
  }

  private Object add(String name, int[] sockets, int[] threads) {
    Object server = keep(new StringBuilder(name));
    table.add("some", server, keep(sockets), threads == null ? null : keep(threads));
    return server;
  }

  private static int[] part(int used, int max) {
    return new int[] {used, max};
  }

  private <T> T keep(T part) {
    held.add(part);
    return part;
  }
}
