// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.spool;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/**
 * How far a spool has been read, in a small file:
 *
 * <pre>  segment: 8 bytes   offset in it: 8 bytes   CRC-32 of both: 4 bytes</pre>
 *
 * twice, written in turns: a write that was cut off leaves the one before, and the last record is
 * given again.
 */
final class Position {

  private static final int ENTRY = 20;

  private final FileChannel channel;
  private final ByteBuffer entry = ByteBuffer.allocate(ENTRY);
  private long segment = -1;
  private long offset;
  private int turn;

  Position(File file) throws IOException {
    channel = new RandomAccessFile(file, "rw").getChannel();
    read(0);
    read(1);
  }

  /** 0 in segments that were not read yet; behind the end of those that were. */
  long offsetIn(long number) {
    return number == segment ? offset : number < segment ? Long.MAX_VALUE : 0;
  }

  /** The first whose records were surely not read: numbers are never used again. */
  long nextSegment() {
    return segment + 1;
  }

  void write(long newSegment, long newOffset) throws IOException {
    entry.clear();
    entry.putLong(newSegment).putLong(newOffset).putInt(crc()).flip();
    channel.write(entry, (long) turn * ENTRY);
    turn ^= 1;
    segment = newSegment;
    offset = newOffset;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What was written stays written.
    }
  }

  /** The later of the two counts; the next write goes to the other. */
  private void read(int slot) throws IOException {
    entry.clear();
    if (channel.read(entry, (long) slot * ENTRY) < ENTRY || entry.getInt(16) != crc()) {
      return;
    }
    long itsSegment = entry.getLong(0);
    long itsOffset = entry.getLong(8);
    if (itsSegment > segment || itsSegment == segment && itsOffset > offset) {
      segment = itsSegment;
      offset = itsOffset;
      turn = slot ^ 1;
    }
  }

  private int crc() {
    CRC32 crc = new CRC32();
    crc.update(entry.array(), 0, 16);
    return (int) crc.getValue();
  }
}
