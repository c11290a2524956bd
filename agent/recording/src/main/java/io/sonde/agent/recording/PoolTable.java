// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection pools that were seen, by weak reference: a pool that the application closes or
 * lets go of is gone from here too. Bounded. Nothing is ever borrowed from them.
 */
public final class PoolTable {

  /** How the facts of one kind of pool are read: getters only, on Sonde's thread. */
  public interface Reader {

    String name(Object pool);

    /** All numbers: -1 when the pool does not tell. */
    int active(Object pool);

    int idle(Object pool);

    int max(Object pool);

    int waiting(Object pool);

    /** A closed pool is not shown; one that is opened again is found at its next use. */
    default boolean closed(Object pool) {
      return false;
    }
  }

  /** A pool and how to read it. */
  public static final class Pool implements ConnectionSource {

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
    @Override
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

    private boolean gone() {
      Object target = reference.get();
      return target == null || reader.closed(target);
    }
  }

  /** Where the readers are found. */
  public interface Readers {

    @Nullable Reader of(String kind);
  }

  private static final int MAX_POOLS = 256;

  private final Readers readers;
  private final HolderTable holders = new HolderTable();

  /** Replaced, never changed: it is walked for each connection that is asked for. */
  private volatile Pool[] pools = new Pool[0];

  public PoolTable(Readers readers) {
    this.readers = readers;
  }

  /** Those that the application still holds, in the order they were seen. Sonde's threads. */
  public List<Pool> pools() {
    for (Pool pool : pools) {
      if (pool.gone()) {
        remove(pool);
        holders.forget(pool);
      }
    }
    return new ArrayList<>(Arrays.asList(pools));
  }

  /** Null when there is none of this name, or none any more. */
  public @Nullable Pool named(String name) {
    for (Pool pool : pools) {
      if (pool.name.equals(name)) {
        return pool;
      }
    }
    return null;
  }

  /** Who holds their connections. */
  public HolderTable holders() {
    return holders;
  }

  /**
   * Finds the pool, and adds it when it is new. Null for a kind that is not known and beyond the
   * bound.
   */
  @Nullable Pool seen(String kind, Object target) {
    Pool known = find(target);
    return known != null ? known : add(kind, target);
  }

  /** Called for each connection that is asked for: the list is short. */
  @Nullable Pool find(Object target) {
    for (Pool pool : pools) {
      if (pool.target() == target) {
        return pool;
      }
    }
    return null;
  }

  /** Once a pool: the only lock here, and never waited for while a pool is in use. */
  private synchronized @Nullable Pool add(String kind, Object target) {
    Pool known = find(target);
    Reader reader = readers.of(kind);
    if (known != null || reader == null || pools.length >= MAX_POOLS) {
      return known;
    }
    Pool added = new Pool(kind, target, reader, unique(reader.name(target)));
    Pool[] more = Arrays.copyOf(pools, pools.length + 1);
    more[pools.length] = added;
    pools = more;
    return added;
  }

  private synchronized void remove(Pool gone) {
    List<Pool> left = new ArrayList<>(Arrays.asList(pools));
    left.remove(gone);
    pools = left.toArray(new Pool[0]);
  }

  private String unique(String name) {
    String candidate = name;
    for (int n = 2; isTaken(candidate); n++) {
      candidate = name + '-' + n;
    }
    return candidate;
  }

  private boolean isTaken(String name) {
    Pool pool = named(name);
    return pool != null && !pool.gone();
  }
}
