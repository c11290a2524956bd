// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.util.DoubleFormat;
import io.micrometer.statsd.StatsdLineBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Micrometer's meters as lines. Where it differs from the stock builders:
 *
 * <ul>
 *   <li>A gauge below zero is set to 0 first, in the same packet, where a sign means a change: the
 *       stock {@code x:-1|g} makes such a gauge walk down for ever.
 *   <li>Names by {@link Naming}: no value adds a part.
 *   <li>A histogram is a timer: statsd counts {@code |h} as a counter.
 * </ul>
 */
final class SondeLineBuilder implements StatsdLineBuilder {

  private final LineName name;
  private final boolean signIsChange;

  SondeLineBuilder(Meter.Id id, Naming naming) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Tag tag : id.getTagsAsIterable()) {
      tags.put(tag.getKey(), tag.getValue());
    }
    name = naming.name(id.getName(), tags);
    signIsChange = naming.flavor().signIsChange();
  }

  @Override
  public String count(long amount, Statistic stat) {
    return name.line(Long.toString(amount), "c");
  }

  @Override
  public String gauge(double amount, Statistic stat) {
    String line = name.line(number(amount), "g");
    return amount < 0 && signIsChange ? name.line("0", "g") + '\n' + line : line;
  }

  /** Most gauges are whole numbers, which need no format. */
  private static String number(double amount) {
    long whole = (long) amount;
    return whole == amount ? Long.toString(whole) : DoubleFormat.decimalOrNan(amount);
  }

  @Override
  public String histogram(double amount) {
    return timing(amount);
  }

  @Override
  public String timing(double timeMs) {
    return name.line(DoubleFormat.decimalOrNan(timeMs), "ms");
  }
}
