// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The health checks that the application has registered, by weak reference: the library in the
 * application's class loader holds them while they are registered, and with that loader they go.
 * Bounded; more are counted.
 */
public final class CheckTable {

  /** One of them. Compared by identity. */
  public static final class Check {

    private final String name;
    private final WeakReference<Supplier<?>> supplier;

    Check(String name, Supplier<?> supplier) {
      this.name = name;
      this.supplier = new WeakReference<>(supplier);
    }

    /** As the application has named it. */
    public String name() {
      return name;
    }

    /** Null when the application has let go of it. */
    public @Nullable Supplier<?> supplier() {
      return supplier.get();
    }

    private boolean isReplacedBy(String newName, Supplier<?> newSupplier) {
      Supplier<?> own = supplier.get();
      return own == null
          || own == newSupplier
          || name.equals(newName) && loader(own) == loader(newSupplier);
    }

    private static @Nullable ClassLoader loader(Supplier<?> supplier) {
      return supplier.getClass().getClassLoader();
    }
  }

  private static final int MAX_CHECKS = 64;

  private final List<Check> checks = new CopyOnWriteArrayList<>();
  private final AtomicLong refused = new AtomicLong();

  /** Those that are registered, in that order. Two applications may use one name. */
  public List<Check> checks() {
    checks.removeIf(check -> check.supplier() == null);
    return new ArrayList<>(checks);
  }

  /** Checks that were too many. */
  public long refused() {
    return refused.get();
  }

  void add(String name, Supplier<?> supplier) {
    checks.removeIf(check -> check.isReplacedBy(name, supplier));
    if (checks.size() < MAX_CHECKS) {
      checks.add(new Check(name, supplier));
    } else {
      refused.incrementAndGet();
    }
  }

  void remove(Supplier<?> supplier) {
    checks.removeIf(check -> check.supplier() == supplier);
  }
}
