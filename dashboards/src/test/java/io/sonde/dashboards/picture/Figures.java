// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import java.util.List;

/** One or a few big numbers beside each other. */
record Figures(String unit, List<Value> values) implements Drawing {

  @Override
  public boolean hasData() {
    return values.stream().anyMatch(value -> !Double.isNaN(value.value()));
  }

  @Override
  public void draw(Svg svg, Box box) {
    double wide = box.w() / values.size();
    for (int i = 0; i < values.size(); i++) {
      Value figure = values.get(i);
      String number = Unit.text(unit, figure.value());
      int size = size(number, wide, box.h());
      double middle = box.x() + wide * (i + 0.5);
      double y = box.y() + box.h() / 2 + size * 0.25;
      svg.middle(middle, y, size, Svg.color(2), "600", number);
      svg.middle(middle, y + 17, 11, Svg.PALE, "normal", Svg.fit(figure.name(), wide - 8, 11));
    }
  }

  private static int size(String number, double wide, double high) {
    int size = 30;
    while (size > 10 && (Svg.width(number, size) > wide - 10 || size > high * 0.5)) {
      size--;
    }
    return size;
  }
}
