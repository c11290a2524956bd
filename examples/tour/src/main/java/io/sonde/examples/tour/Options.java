// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.time.Duration;

/**
 * As {@code examples/demo --help} tells them.
 *
 * @param keep whether everything stays up after the tour, until Ctrl-C
 */
record Options(boolean keep, Duration traffic) {

  /**
   * @throws DemoFailure when they cannot be understood
   */
  static Options parse(String[] args) {
    Options options = new Options(false, Duration.ofSeconds(20));
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--keep")) {
        options = new Options(true, options.traffic);
      } else if (args[i].equals("--seconds") && i + 1 < args.length) {
        options = new Options(options.keep, seconds(args[++i]));
      } else {
        throw new DemoFailure("not understood: " + args[i] + "; examples/demo --help tells");
      }
    }
    return options;
  }

  private static Duration seconds(String text) {
    if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > 3_600) {
      throw new DemoFailure("--seconds " + text + ": not in 1..3600");
    }
    return Duration.ofSeconds(Integer.parseInt(text));
  }
}
