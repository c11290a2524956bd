// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.util.List;

/** Names and their numbers, one bar each, from above. */
record Bars(String unit, List<Value> values) implements Drawing {

  private static final int SIZE = 11;
  private static final double LINE = 20;

  @Override
  public boolean hasData() {
    return !values.isEmpty();
  }

  @Override
  public void draw(Svg svg, Box box) {
    double most = values.stream().mapToDouble(Value::value).max().orElse(1);
    double names = box.w() * 0.4;
    double room = box.w() - names - 96;
    int fits = Math.min(values.size(), (int) (box.h() / LINE));
    for (int i = 0; i < fits; i++) {
      Value bar = values.get(i);
      double y = box.y() + i * LINE + 4;
      double length = most > 0 ? Math.max(1, bar.value() / most * room) : 1;
      svg.text(box.x() + 10, y + 11, SIZE, Svg.INK, Svg.fit(bar.name(), names - 14, SIZE));
      svg.rect(box.x() + names, y + 1, length, LINE - 8, Svg.color(2), "none");
      String number = Unit.text(unit, bar.value());
      svg.text(box.x() + names + length + 6, y + 11, SIZE, Svg.PALE, number);
    }
  }
}
