// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is made known. All on one thread but {@link #abort}; what it throws is told and
 * tried again.
 */
interface Registry {

  /** {@code consul}: the name of its thread and of its settings. */
  String name();

  /** Where it is, for a reader: {@code http://127.0.0.1:8500}. */
  String address();

  /** Makes the service known, or known again. */
  void register() throws IOException;

  /** What was registered, for a reader. */
  String registered();

  /**
   * Called every second or so while registered: sends what is due.
   *
   * @return null while all is well; else why {@link #register} must be called again
   */
  @Nullable String renew() throws IOException;

  /** True when something has changed that makes another try worth while at once. */
  default boolean changed() {
    return false;
  }

  /** Takes it back. */
  void deregister() throws IOException;

  /** What becomes of it when {@link #deregister} fails, for a reader. */
  String otherwise();

  /** Ends the request in hand, and every later one, with an exception. Any thread. */
  void abort();
}
