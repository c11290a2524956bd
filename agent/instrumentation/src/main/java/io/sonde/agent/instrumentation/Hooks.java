// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Collects which advice goes into which methods of one class. */
public final class Hooks {

  /** One advice and where it goes. */
  static final class Hook {
    final ElementMatcher<? super MethodDescription> methods;
    final Class<?> advice;
    final boolean optional;

    Hook(ElementMatcher<? super MethodDescription> methods, Class<?> advice, boolean optional) {
      this.methods = methods;
      this.advice = advice;
      this.optional = optional;
    }
  }

  private final List<Hook> hooks = new ArrayList<>();

  /**
   * Copies the advice into every matching method that the class itself declares. Where none
   * matches, or the advice uses a member that this version of the library lacks, the class is left
   * as it is, and that is told.
   */
  public Hooks advise(ElementMatcher<? super MethodDescription> methods, Class<?> advice) {
    hooks.add(new Hook(methods, advice, false));
    return this;
  }

  /** The same for methods that only some versions have. */
  public Hooks adviseIfPresent(ElementMatcher<? super MethodDescription> methods, Class<?> advice) {
    hooks.add(new Hook(methods, advice, true));
    return this;
  }

  List<Hook> list() {
    return hooks;
  }
}
