// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The clients of data stores that were seen: connections to Redis, pools of MongoDB's driver, Kafka
 * producers. By weak reference, and by identity: what the application closes or lets go of is gone
 * from here too.
 *
 * <p>{@link #find} is on the way of every command to Redis: one identity hash, one short chain, no
 * allocation, no lock. Bounded; what is not taken is counted.
 */
public final class StoreTable {

  /** How one kind of store is read: getters only, on Sonde's threads. Neither may throw. */
  public interface Reader {

    /** E.g. {@code lettuce-cache.example.com:6379}; null when it cannot be told yet. */
    @Nullable String name(Object store, @Nullable Object detail);

    /**
     * Fields of the health document, e.g. {@code state}, {@code active}, {@code idle}, {@code max},
     * {@code waiting}. What is not known is not in it.
     */
    Map<String, Object> read(Object store, @Nullable Object detail);

    /** True when several objects of one name are one store: connections that make no pool. */
    default boolean grouped() {
      return false;
    }
  }

  /** Where the readers are found. */
  public interface Readers {

    @Nullable Reader of(String kind);
  }

  /** An address that could not be reached, as the library wrote it. */
  private static final class Unreachable {
    final String kind;
    final Object address;
    final Throwable thrown;

    Unreachable(String kind, Object address, Throwable thrown) {
      this.kind = kind;
      this.address = address;
      this.thrown = thrown;
    }
  }

  private static final class Node {
    final WeakReference<Object> key;
    final Store store;
    final @Nullable Node next;

    Node(WeakReference<Object> key, Store store, @Nullable Node next) {
      this.key = key;
      this.store = store;
      this.next = next;
    }
  }

  /** Stores and their parts together. */
  static final int MAX_ENTRIES = 512;

  private static final int MAX_UNREACHABLE = 64;
  private static final int BUCKETS = 256;

  private final AtomicReferenceArray<@Nullable Node> buckets = new AtomicReferenceArray<>(BUCKETS);
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger seen = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final ConcurrentMap<Object, Unreachable> unreachable = new ConcurrentHashMap<>();
  private final Readers readers;
  private final HolderTable holders = new HolderTable();

  public StoreTable(Readers readers) {
    this.readers = readers;
  }

  /** Clients that were not taken, since the table was full. */
  public long refused() {
    return refused.sum();
  }

  /** Who holds their connections. */
  public HolderTable holders() {
    return holders;
  }

  /** Those that the application still holds and has not closed, in the order they were seen. */
  public synchronized List<Store> stores() {
    if (size.get() == 0) {
      return new ArrayList<>();
    }
    Set<Store> found = new HashSet<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      sweep(bucket);
      for (Node node = buckets.get(bucket); node != null; node = node.next) {
        if (node.store.target() != null) {
          found.add(node.store);
        }
      }
    }
    List<Store> stores = new ArrayList<>(found);
    stores.sort(Comparator.comparingInt(Store::order));
    name(stores);
    return stores;
  }

  /** Null when the application has none of this name; of several connections, one. */
  public @Nullable Store named(String name) {
    for (Store store : stores()) {
      if (store.name().equals(name)) {
        return store;
      }
    }
    return null;
  }

  /** Turns what was observed since the last call into times and texts. On the health thread. */
  public List<Store> tick(long epochMillis) {
    List<Store> stores = stores();
    for (Unreachable failed : takeUnreachable()) {
      for (Store store : stores) {
        if (store.kind().equals(failed.kind) && store.isAt(failed.address)) {
          store.failed(failed.thrown);
        }
      }
    }
    for (Store store : stores) {
      store.tick(epochMillis);
    }
    return stores;
  }

  void seen(String kind, Object target, @Nullable Object detail) {
    Store known = find(target);
    if (known != null) {
      known.detail(detail);
      return;
    }
    Reader reader = readers.of(kind);
    if (reader != null) {
      WeakReference<Object> key = new WeakReference<>(target);
      add(target, key, new Store(kind, key, reader, detail, this, seen.getAndIncrement()));
    }
  }

  void part(Object target, Object part) {
    Store store = find(target);
    if (store != null && find(part) == null) {
      add(part, new WeakReference<>(part), store);
    }
  }

  void unreachable(String kind, Object address, Throwable thrown) {
    if (unreachable.size() < MAX_UNREACHABLE || unreachable.containsKey(address)) {
      unreachable.put(address, new Unreachable(kind, address, thrown));
    } else {
      refused.increment();
    }
  }

  /** Null when it was not seen. */
  @Nullable Store find(Object target) {
    for (Node node = buckets.get(bucket(target)); node != null; node = node.next) {
      if (node.key.get() == target) {
        return node.store;
      }
    }
    return null;
  }

  private void add(Object target, WeakReference<Object> key, Store store) {
    if (size.incrementAndGet() > MAX_ENTRIES) {
      size.decrementAndGet();
      refused.increment();
      return;
    }
    int bucket = bucket(target);
    Node head;
    do {
      head = buckets.get(bucket);
    } while (!buckets.compareAndSet(bucket, head, new Node(key, store, head)));
  }

  private void sweep(int bucket) {
    Node head;
    Node kept;
    int gone;
    do {
      head = buckets.get(bucket);
      kept = null;
      gone = 0;
      for (Node node = head; node != null; node = node.next) {
        if (node.key.get() == null || node.store.target() == null) {
          gone++;
          forgetHolders(node.store);
        } else {
          kept = new Node(node.key, node.store, kept);
        }
      }
    } while (gone > 0 && !buckets.compareAndSet(bucket, head, kept));
    size.addAndGet(-gone);
  }

  /** A part may be gone before its store is. */
  private void forgetHolders(Store store) {
    if (store.target() == null) {
      holders.forget(store);
    }
  }

  /** Gives those a name that have none yet. */
  void name() {
    stores();
  }

  private List<Unreachable> takeUnreachable() {
    List<Unreachable> taken = new ArrayList<>(unreachable.values());
    unreachable.values().removeAll(taken);
    return taken;
  }

  /** A second one of the same name becomes {@code name-2}, unless they are one store. */
  private static void name(List<Store> stores) {
    Set<String> taken = new HashSet<>();
    for (Store store : stores) {
      if (store.isNamed()) {
        taken.add(store.nameSoFar());
      }
    }
    for (Store store : stores) {
      if (!store.isNamed()) {
        store.name(taken);
        taken.add(store.nameSoFar());
      }
    }
  }

  /** No names: for those who have nothing to read. */
  public static StoreTable empty() {
    return new StoreTable(kind -> null);
  }

  private static int bucket(Object target) {
    int hash = System.identityHashCode(target);
    return (hash ^ hash >>> 16) & BUCKETS - 1;
  }
}
