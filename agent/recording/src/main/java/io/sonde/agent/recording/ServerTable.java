// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
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

    /** E.g. {@code tomcat}. */
    public String kind() {
      return kind;
    }

    /** E.g. {@code http-nio-8080}. */
    public String name() {
      return name;
    }

    /** Where it listens; 0 when it does not tell. */
    public int port() {
      Object target = server.get();
      return reader == null || target == null ? 0 : Math.max(0, reader.port(target));
    }

    public int openSockets() {
      return read(sockets, Reader::openSockets);
    }

    public int maxSockets() {
      return read(sockets, Reader::maxSockets);
    }

    public int busyThreads() {
      return read(threads, Reader::busyThreads);
    }

    public int maxThreads() {
      return read(threads, Reader::maxThreads);
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
  public List<Server> servers() {
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

  /** The sum over all servers that tell; -1 when none does. */
  public int openSockets() {
    return sum(servers(), Server::openSockets);
  }

  /** The sum of the limits; -1 when one of the servers that tell has none. */
  public int maxSockets() {
    return limit(servers(), Server::openSockets, Server::maxSockets);
  }

  /** The sum over all servers that tell, threads that several share once; -1 when none does. */
  public int busyThreads() {
    return sum(apart(), Server::busyThreads);
  }

  /** The sum of the limits; -1 when one of the servers that tell has none. */
  public int maxThreads() {
    return limit(apart(), Server::busyThreads, Server::maxThreads);
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

  private List<Server> apart() {
    List<Server> apart = new ArrayList<>();
    for (Server server : servers()) {
      if (apart.stream().noneMatch(server::sharesThreadsWith)) {
        apart.add(server);
      }
    }
    return apart;
  }

  private static int sum(List<Server> servers, ToIntFunction<Server> number) {
    int sum = -1;
    for (Server server : servers) {
      int value = number.applyAsInt(server);
      if (value >= 0) {
        sum = Math.max(sum, 0) + value;
      }
    }
    return sum;
  }

  private static int limit(
      List<Server> servers, ToIntFunction<Server> number, ToIntFunction<Server> max) {
    int sum = -1;
    for (Server server : servers) {
      int limit = max.applyAsInt(server);
      if (limit >= 0) {
        sum = Math.max(sum, 0) + limit;
      } else if (number.applyAsInt(server) >= 0) {
        return -1;
      }
    }
    return sum;
  }
}
