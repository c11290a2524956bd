// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The servers that accept connections: their open sockets and their threads. Kept by weak
 * reference, bounded, read through getters on Sonde's thread. Every number is -1 where the server
 * does not tell, or has no limit.
 */
public final class ServerTable {

  /** How one kind of server is read. */
  public interface Reader {

    /** E.g. {@code http-nio-8080}. */
    String name(Object server);

    /** Where it listens; 0 when it does not tell. */
    int port(Object server);

    int openSockets(Object sockets);

    int maxSockets(Object sockets);

    int busyThreads(Object threads);

    int maxThreads(Object threads);
  }

  /** Where the readers are found. */
  public interface Readers {

    /** Null for a kind of which nothing is known. */
    @Nullable Reader of(String kind);
  }

  /** One of the servers. */
  public static final class Server {

    private final String kind;
    private final String name;
    private final @Nullable Reader reader;
    private final WeakReference<Object> server;
    private final WeakReference<Object> sockets;
    private final WeakReference<@Nullable Object> threads;

    Server(
        String kind,
        String name,
        @Nullable Reader reader,
        Object server,
        Object sockets,
        @Nullable Object threads) {
      this.kind = kind;
      this.name = name;
      this.reader = reader;
      this.server = new WeakReference<>(server);
      this.sockets = new WeakReference<>(sockets);
      this.threads = new WeakReference<>(threads);
    }

    /** Where it listens; 0 when it does not tell. */
    public int port() {
      Object target = server.get();
      return reader == null || target == null ? 0 : Math.max(0, reader.port(target));
    }

    private Load load() {
      return new Load(
          kind,
          name,
          read(sockets, Reader::openSockets),
          read(sockets, Reader::maxSockets),
          read(threads, Reader::busyThreads),
          read(threads, Reader::maxThreads));
    }

    private int read(WeakReference<@Nullable Object> part, Getter getter) {
      Object target = part.get();
      return reader == null || target == null ? -1 : getter.of(reader, target);
    }

    private boolean is(Object other) {
      return server.get() == other;
    }

    private boolean isGone() {
      return server.get() == null;
    }

    private boolean sharesThreadsWith(Server other) {
      Object own = threads.get();
      return own != null && own == other.threads.get();
    }
  }

  /** What one server, or all of them together, had in use at one moment. Immutable. */
  public static final class Load {

    /** E.g. {@code tomcat}. */
    public final String kind;

    /** E.g. {@code http-nio-8080}. */
    public final String name;

    public final int openSockets;
    public final int maxSockets;
    public final int busyThreads;
    public final int maxThreads;

    Load(
        String kind,
        String name,
        int openSockets,
        int maxSockets,
        int busyThreads,
        int maxThreads) {
      this.kind = kind;
      this.name = name;
      this.openSockets = openSockets;
      this.maxSockets = maxSockets;
      this.busyThreads = busyThreads;
      this.maxThreads = maxThreads;
    }
  }

  /** What all had in use at one moment. Immutable. */
  public static final class Loads {

    /** Of no server. */
    public static final Loads NONE = new Loads(Collections.emptyList());

    /** Of each server, in the order they began to accept. */
    public final List<Load> each;

    /**
     * The sums: of what is told, -1 when none tells; of the limits, -1 when one of those that tell
     * has none. Threads that several share count once.
     */
    public final Load total;

    private Loads(List<Server> servers) {
      each = new ArrayList<>(servers.size());
      List<Load> apart = new ArrayList<>(servers.size());
      for (int i = 0; i < servers.size(); i++) {
        Load load = servers.get(i).load();
        each.add(load);
        if (hasThreadsOfItsOwn(servers, i)) {
          apart.add(load);
        }
      }
      total =
          new Load(
              "",
              "",
              sum(each, load -> load.openSockets),
              limit(each, load -> load.openSockets, load -> load.maxSockets),
              sum(apart, load -> load.busyThreads),
              limit(apart, load -> load.busyThreads, load -> load.maxThreads));
    }

    /** False when one before it has the same. A plain loop: this is read once in two seconds. */
    private static boolean hasThreadsOfItsOwn(List<Server> servers, int index) {
      for (int i = 0; i < index; i++) {
        if (servers.get(index).sharesThreadsWith(servers.get(i))) {
          return false;
        }
      }
      return true;
    }

    private static int sum(List<Load> loads, ToIntFunction<Load> number) {
      int sum = -1;
      for (Load load : loads) {
        int value = number.applyAsInt(load);
        if (value >= 0) {
          sum = Math.max(sum, 0) + value;
        }
      }
      return sum;
    }

    private static int limit(
        List<Load> loads, ToIntFunction<Load> number, ToIntFunction<Load> max) {
      int sum = -1;
      for (Load load : loads) {
        int limit = max.applyAsInt(load);
        if (limit >= 0) {
          sum = Math.max(sum, 0) + limit;
        } else if (number.applyAsInt(load) >= 0) {
          return -1;
        }
      }
      return sum;
    }
  }

  private interface Getter {
    int of(Reader reader, Object target);
  }

  private static final int MAX_SERVERS = 64;

  private final List<Server> servers = new CopyOnWriteArrayList<>();
  private volatile Readers readers = kind -> null;

  /** To be told before the first server is seen. */
  public void readers(Readers newReaders) {
    readers = newReaders;
  }

  /** Those that accept, in the order they began to. */
  private List<Server> servers() {
    servers.removeIf(Server::isGone);
    return new ArrayList<>(servers);
  }

  /** Where the first of them listens; 0 when none tells. */
  public int firstPort() {
    for (Server server : servers()) {
      int port = server.port();
      if (port > 0) {
        return port;
      }
    }
    return 0;
  }

  /** What they have in use now, each number read once. */
  public Loads loads() {
    return new Loads(servers());
  }

  /** Replaces what was known of the same server: it may have been started anew. */
  void add(String kind, Object server, Object sockets, @Nullable Object threads) {
    remove(server);
    if (servers.size() < MAX_SERVERS) {
      Reader reader = readers.of(kind);
      String name = reader == null ? kind : reader.name(server);
      servers.add(new Server(kind, name, reader, server, sockets, threads));
    }
  }

  void remove(Object server) {
    servers.removeIf(seen -> seen.isGone() || seen.is(server));
  }
}
