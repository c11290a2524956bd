// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The connection pools that were seen, by weak reference: a pool that the application lets go of is
 * gone from here too. Bounded. Nothing is ever borrowed from them.
 */
public final class PoolTable {

  /** How the facts of one kind of pool are read: getters only, on Sonde's thread. */
  public interface Reader {

    String name(Object pool);

    int active(Object pool);

    int idle(Object pool);

    int max(Object pool);

    int waiting(Object pool);
  }

  /** A pool and how to read it. */
  public static final class Pool {

    private final WeakReference<Object> reference;
    private final Reader reader;
    private final String name;
    private final String kind;

    Pool(String kind, Object pool, Reader reader, String name) {
      this.kind = kind;
      this.reference = new WeakReference<>(pool);
      this.reader = reader;
      this.name = name;
    }

    /** e.g. {@code hikari}. */
    public String kind() {
      return kind;
    }

    /** Unique: a second pool of the same name becomes {@code name-2}. */
    public String name() {
      return name;
    }

    /** Null when the application has let go of it. */
    public @Nullable Object target() {
      return reference.get();
    }

    public Reader reader() {
      return reader;
    }
  }

  /** Where the readers are found. */
  public interface Readers {

    @Nullable Reader of(String kind);
  }

  private static final int MAX_POOLS = 256;

  private final List<Pool> pools = new CopyOnWriteArrayList<>();
  private final Readers readers;

  public PoolTable(Readers readers) {
    this.readers = readers;
  }

  /** Those that the application still holds, in the order they were seen. */
  public List<Pool> pools() {
    pools.removeIf(pool -> pool.target() == null);
    return new ArrayList<>(pools);
  }

  void add(String kind, Object pool) {
    Reader reader = readers.of(kind);
    if (reader == null || pools.size() >= MAX_POOLS || nameOf(pool) != null) {
      return;
    }
    pools.add(new Pool(kind, pool, reader, unique(reader.name(pool))));
  }

  /** Called for each connection that is acquired: the list is short. */
  @Nullable String nameOf(Object target) {
    for (Pool pool : pools) {
      if (pool.target() == target) {
        return pool.name;
      }
    }
    return null;
  }

  private String unique(String name) {
    String candidate = name;
    for (int n = 2; isTaken(candidate); n++) {
      candidate = name + '-' + n;
    }
    return candidate;
  }

  private boolean isTaken(String name) {
    for (Pool pool : pools) {
      if (pool.name.equals(name) && pool.target() != null) {
        return true;
      }
    }
    return false;
  }
}
