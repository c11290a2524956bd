// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import io.sonde.agent.recording.Store;
import io.sonde.agent.recording.StoreTable;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** The clients of data stores that Sonde has seen, ticked as the health thread does. */
public final class ObservedStores {

  /** A reader made of two functions. */
  public static StoreTable.Reader reader(
      BiFunction<Object, Object, String> name,
      BiFunction<Object, Object, Map<String, Object>> facts) {
    return new StoreTable.Reader() {
      @Override
      public String name(Object store, Object detail) {
        return name.apply(store, detail);
      }

      @Override
      public Map<String, Object> read(Object store, Object detail) {
        return facts.apply(store, detail);
      }
    };
  }

  private final StoreTable table;

  public ObservedStores(StoreTable table) {
    this.table = table;
  }

  /** The one of this name, or null. */
  public Store named(String name) {
    return table.tick(System.currentTimeMillis()).stream()
        .filter(store -> store.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Waits until the one of this name is as it should be. */
  public Store await(String name, String what, Predicate<Store> condition) {
    SondeExtension.await(
        name + ": " + what,
        () -> {
          pause();
          Store store = named(name);
          return store != null && condition.test(store);
        });
    return named(name);
  }

  public boolean failing(String name) {
    return named(name).failing(System.currentTimeMillis());
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
