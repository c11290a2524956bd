// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vibur;

import io.sonde.agent.instrumentation.pool.Getters;
import io.sonde.agent.instrumentation.pool.PoolReader;
import org.jspecify.annotations.Nullable;

/** Reads Vibur's {@code PoolOperations} and the object pool behind it: atomic counters. */
public final class ViburPoolReader implements PoolReader {

  @Override
  public String name(Object pool) {
    return Getters.textOr(Getters.call(source(pool), "getName"), ViburInstrumentation.KIND);
  }

  @Override
  public int active(Object pool) {
    return Getters.number(objects(pool), "taken");
  }

  @Override
  public int idle(Object pool) {
    return Getters.number(objects(pool), "remainingCreated");
  }

  @Override
  public int max(Object pool) {
    return Getters.number(objects(pool), "maxSize");
  }

  @Override
  public int waiting(Object pool) {
    return Getters.number(Getters.field(objects(pool), "takeSemaphore"), "getQueueLength");
  }

  @Override
  public boolean closed(Object pool) {
    return Getters.isTrue(Getters.call(objects(pool), "isTerminated"));
  }

  private static @Nullable Object source(Object pool) {
    return Getters.field(pool, "dataSource");
  }

  private static @Nullable Object objects(Object pool) {
    return Getters.field(pool, "poolService");
  }
}
