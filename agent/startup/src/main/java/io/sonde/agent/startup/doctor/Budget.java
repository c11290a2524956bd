// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What may be unpacked and remembered in all. An archive may be made to exhaust whoever looks into
 * it: a few kilobytes that inflate to petabytes, or millions of entries.
 */
final class Budget {

  /** An archive that is too much. */
  static final class Exhausted extends IOException {
    private static final long serialVersionUID = 1;

    Exhausted(String message) {
      super(message);
    }
  }

  private static final int MAX_ENTRIES = 2_000_000;

  private final long maxBytes;
  private long bytes;
  private int entries;

  Budget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  void entry() throws Exhausted {
    if (++entries > MAX_ENTRIES) {
      throw new Exhausted("more than " + MAX_ENTRIES + " entries");
    }
  }

  /** Counts what is read of it. */
  InputStream counting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        count(count);
        return count;
      }
    };
  }

  private void count(int read) throws Exhausted {
    bytes += Math.max(0, read);
    if (bytes > maxBytes) {
      throw new Exhausted("unpacks to more than " + (maxBytes >> 20) + " MB");
    }
  }
}
