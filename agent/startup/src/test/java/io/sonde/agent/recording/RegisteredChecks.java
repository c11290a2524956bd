// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.function.Supplier;

/** What only the recorder does: for tests of others. */
public final class RegisteredChecks {

  private RegisteredChecks() {}

  public static void add(CheckTable table, String name, Supplier<?> check) {
    table.add(name, check);
  }

  public static void remove(CheckTable table, Supplier<?> check) {
    table.remove(check);
  }
}
