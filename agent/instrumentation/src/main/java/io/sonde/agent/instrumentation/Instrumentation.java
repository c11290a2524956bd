// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import java.util.List;

/**
 * The hooks of one library. An implementation is one class: the names on top, the advice below, as
 * nested classes.
 *
 * <p>Advice is copied into the library's methods, so its code names only the JDK, the bridge and
 * the library itself: no lambda, no string concatenation, no private member, no helper method; it
 * always suppresses; {@code @Enter} and {@code @Local} values are typed {@code Object} or
 * primitive. {@code ArchitectureTest} holds it to that.
 */
public interface Instrumentation {

  /** The {@code <name>} of the setting {@code instrumentation.<name>.enabled}. */
  String name();

  /**
   * Exact names of the classes that are changed, e.g. {@code
   * org.apache.catalina.connector.CoyoteAdapter}; nested ones with {@code $}. Asked once, before
   * Byte Buddy is loaded: a constant.
   */
  List<String> types();

  /** Says which advice goes where. Called when the class is loaded, once per class loader. */
  void weave(String type, Hooks hooks);
}
