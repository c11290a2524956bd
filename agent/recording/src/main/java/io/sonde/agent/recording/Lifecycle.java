// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** What the application's life means to Sonde. Called on the application's threads. */
public interface Lifecycle {

  /** Nothing happens. */
  Lifecycle NONE = new Lifecycle() {};

  /** The application's main class is being loaded. */
  default void mainReached() {}

  /** The first of the application's servers accepts connections. Called once. */
  default void serverAccepting() {}

  /** The JVM shuts down: the application drains, and is still observed. */
  default void shutdownBegun() {}

  /** The application's own shutdown hooks are done. May block for 2 s. */
  default void shutdownEnded() {}
}
