// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One client of a data store, and what was observed of it.
 *
 * <p>The application's threads only set marks: that it has answered is one flag, written when it is
 * not set already, so that a million commands a second share the cache line for reading. Which time
 * that was, and what a failure's text is, is found out on Sonde's thread at the next tick.
 */
public final class Store implements ConnectionSource {

  /** A failure that nothing followed is old news after so long. */
  private static final long FAILING_MILLIS = 60_000;

  private final String kind;
  private final WeakReference<Object> target;
  private final StoreTable.Reader reader;
  private final StoreTable table;
  private final int order;
  private final AtomicInteger asking = new AtomicInteger();
  private volatile @Nullable Object detail;
  private volatile boolean counted;
  private volatile boolean closed;
  private volatile boolean answered;

  /** Since the last tick: then its text replaces it, so that no exception is kept for long. */
  private volatile @Nullable Throwable thrown;

  // Written by Sonde's threads only.
  private volatile @Nullable String name;
  private volatile @Nullable String lastFailure;
  private volatile long lastSuccessMillis;
  private volatile long lastFailureMillis;

  Store(
      String kind,
      WeakReference<Object> target,
      StoreTable.Reader reader,
      @Nullable Object detail,
      StoreTable table,
      int order) {
    this.kind = kind;
    this.target = target;
    this.reader = reader;
    this.detail = detail;
    this.table = table;
    this.order = order;
  }

  /** E.g. {@code lettuce}. */
  public String kind() {
    return kind;
  }

  /**
   * Unique, but that connections which are one store have the same. The kind as long as the library
   * does not tell: it may be asked while its constructor runs.
   */
  @Override
  public String name() {
    if (name == null) {
      table.name();
    }
    return nameSoFar();
  }

  String nameSoFar() {
    String known = name;
    return known == null ? kind : known;
  }

  /** True when others of this name are the same store. */
  public boolean grouped() {
    return reader.grouped();
  }

  /**
   * What the library's getters say now, and who waits where they do not say it; empty when it is
   * gone. Sonde's threads.
   */
  public Map<String, Object> read() {
    Object current = target();
    if (current == null) {
      return Collections.emptyMap();
    }
    Map<String, Object> facts = new LinkedHashMap<>(reader.read(current, detail));
    if (counted) {
      facts.putIfAbsent("waiting", asking.get());
    }
    return facts;
  }

  /** Threads that have asked for a connection and have none yet. */
  public int asking() {
    return asking.get();
  }

  /** To within a tick; 0 when there was none. */
  public long lastSuccessMillis() {
    return lastSuccessMillis;
  }

  /** 0 when there was none. */
  public long lastFailureMillis() {
    return lastFailureMillis;
  }

  /** With the secrets masked; null when there was none. */
  public @Nullable String lastFailure() {
    return lastFailure;
  }

  /** True when the last attempt failed, less than a minute ago. */
  public boolean failing(long epochMillis) {
    long failed = lastFailureMillis;
    return failed > lastSuccessMillis && epochMillis - failed < FAILING_MILLIS;
  }

  // ---- on the application's threads ------------------------------------------------------------

  /** A thread waits for a connection until {@link #served}. */
  void asked() {
    counted = true;
    asking.incrementAndGet();
  }

  void served() {
    asking.decrementAndGet();
  }

  void used(@Nullable Throwable failure) {
    if (failure != null) {
      failed(failure);
    } else if (!answered) {
      answered = true;
    }
  }

  void failed(Throwable failure) {
    thrown = failure;
    answered = false;
  }

  void detail(@Nullable Object newDetail) {
    if (newDetail != null) {
      detail = newDetail;
    }
  }

  void closed() {
    closed = true;
  }

  // ---- on Sonde's threads ----------------------------------------------------------------------

  int order() {
    return order;
  }

  @Nullable Object target() {
    return closed ? null : target.get();
  }

  boolean isNamed() {
    return name != null && !reader.grouped();
  }

  void name(Set<String> taken) {
    Object current = target();
    String own = current == null ? null : reader.name(current, detail);
    if (own == null) {
      return;
    }
    String candidate = own;
    for (int n = 2; !reader.grouped() && taken.contains(candidate); n++) {
      candidate = own + '-' + n;
    }
    name = candidate;
  }

  boolean isAt(Object address) {
    Object own = detail;
    return own != null && addressText(own).equals(addressText(address));
  }

  /** Takes the flags down. The order of what happened within one tick is that of the flags. */
  void tick(long epochMillis) {
    Throwable failure = thrown;
    if (failure != null) {
      thrown = null;
      lastFailure = FailureText.of(failure);
      lastFailureMillis = epochMillis;
      // What has answered since then was later.
      lastSuccessMillis = answered ? epochMillis + 1 : lastSuccessMillis;
      answered = false;
    } else if (answered) {
      answered = false;
      lastSuccessMillis = epochMillis;
    }
  }

  /** {@code host:port} whether it is resolved or not, without asking a name server. */
  public static String addressText(Object address) {
    if (address instanceof InetSocketAddress) {
      InetSocketAddress inet = (InetSocketAddress) address;
      return inet.getHostString() + ':' + inet.getPort();
    }
    return String.valueOf(address);
  }
}
