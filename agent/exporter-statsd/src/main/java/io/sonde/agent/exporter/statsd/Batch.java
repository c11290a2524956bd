// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.util.Arrays;

/** The cells that gathered something in one interval. Owned like its cells. */
final class Batch {

  private Cell[] cells = new Cell[64];
  private int size;

  void add(Cell cell) {
    if (size == cells.length) {
      cells = Arrays.copyOf(cells, size * 2);
    }
    cells[size++] = cell;
  }

  int size() {
    return size;
  }

  Cell cell(int index) {
    return cells[index];
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      cells[i].clear();
      cells[i] = null;
    }
    size = 0;
  }
}
