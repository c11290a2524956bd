// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Orders versions by their numbers: 9.0.9 before 9.0.10, 2.0-rc1 before 2.0, and {@code Final},
 * {@code RELEASE}, {@code jre}, a date and what else stands behind a version do not count.
 */
final class VersionOrder implements Comparator<String> {

  static final VersionOrder INSTANCE = new VersionOrder();

  private VersionOrder() {}

  @Override
  public int compare(String a, String b) {
    List<Long> left = numbers(a);
    List<Long> right = numbers(b);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order =
          Long.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(!isEarly(a), !isEarly(b));
  }

  static long major(String version) {
    List<Long> numbers = numbers(version);
    return numbers.isEmpty() ? 0 : numbers.get(0);
  }

  private static List<Long> numbers(String version) {
    List<Long> numbers = new ArrayList<>();
    for (String part : version.split("[.-]")) {
      if (!part.matches("\\d{1,9}")) {
        break;
      }
      numbers.add(Long.valueOf(part));
    }
    return numbers;
  }

  private static boolean isEarly(String version) {
    return version.toLowerCase(Locale.ROOT).matches(".*[.-](m|alpha|beta|rc|cr|snapshot)[.\\d-]*");
  }
}
