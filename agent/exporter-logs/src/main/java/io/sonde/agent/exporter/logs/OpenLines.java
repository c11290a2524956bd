// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Lines that go out together, each open until the server has told what became of it. All that is
 * needed to send them again, by another process if must be. One thread.
 */
final class OpenLines {

  /** Of a record. */
  private static final byte VERSION = 1;

  private final String id;
  private final byte[] bytes;
  private final int[] ends;
  private final Signal[] signals;
  private final BitSet open = new BitSet();
  private final LineTally tally;

  /** They count as spooled until they are settled. */
  private final boolean onDisk;

  private final @Nullable DeadLetters deadLetters;

  /**
   * @param deadLetters where refused ones go, or null
   * @param id of this batch among all of all agents
   */
  OpenLines(String id, LineBatch batch, LineTally tally, @Nullable DeadLetters deadLetters) {
    this.id = id;
    this.bytes = batch.toByteArray();
    this.ends = new int[batch.lines()];
    this.signals = new Signal[batch.lines()];
    this.tally = tally;
    this.onDisk = false;
    this.deadLetters = deadLetters;
    for (int i = 0; i < ends.length; i++) {
      ends[i] = batch.end(i);
      signals[i] = batch.signal(i);
    }
    open.set(0, ends.length);
  }

  private OpenLines(DataInputStream in, LineTally tally, @Nullable DeadLetters deadLetters)
      throws IOException {
    this.tally = tally;
    this.onDisk = true;
    this.deadLetters = deadLetters;
    if (in.readByte() != VERSION) {
      throw new IOException("of another version");
    }
    id = in.readUTF();
    int lines = in.readInt();
    ends = new int[lines];
    signals = new Signal[lines];
    for (int i = 0; i < lines; i++) {
      ends[i] = in.readInt();
      signals[i] = Signal.valueOf(in.readUTF());
      open.set(i, in.readBoolean());
    }
    bytes = new byte[lines == 0 ? 0 : ends[lines - 1]];
    in.readFully(bytes);
  }

  /** What {@link #toRecord} made, in this process or in another. */
  static OpenLines of(byte[] record, LineTally tally, @Nullable DeadLetters deadLetters) {
    try {
      return new OpenLines(
          new DataInputStream(new ByteArrayInputStream(record)), tally, deadLetters);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a record of lines: " + e.getMessage(), e);
    }
  }

  byte[] toRecord() {
    ByteArrayOutputStream record = new ByteArrayOutputStream(bytes.length + 16 * ends.length + 64);
    try (DataOutputStream out = new DataOutputStream(record)) {
      out.writeByte(VERSION);
      out.writeUTF(id);
      out.writeInt(ends.length);
      for (int i = 0; i < ends.length; i++) {
        out.writeInt(ends[i]);
        out.writeUTF(signals[i].name());
        out.writeBoolean(open.get(i));
      }
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e); // In memory.
    }
    return record.toByteArray();
  }

  /** How many are open. */
  int count() {
    return open.cardinality();
  }

  /** The first open ones, at most so many, in their order. */
  int[] first(int most) {
    int[] lines = new int[Math.min(most, count())];
    int line = -1;
    for (int i = 0; i < lines.length; i++) {
      line = open.nextSetBit(line + 1);
      lines[i] = line;
    }
    return lines;
  }

  byte[] bytes() {
    return bytes;
  }

  int start(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }

  /** Behind its newline. */
  int end(int line) {
    return ends[line];
  }

  Signal signal(int line) {
    return signals[line];
  }

  /** The same each time the line is sent, and no other line's. */
  String key(int line) {
    return id + "-" + line;
  }

  /** The server has it. */
  void acked(int line) {
    settled(line);
    tally.acked(signals[line], 1);
  }

  /**
   * The server will never take it.
   *
   * @param reason short and constant, for the ledger
   * @param why for a reader
   */
  void refused(int line, String reason, String why) {
    if (deadLetters != null) {
      deadLetters.add(why, bytes, start(line), end(line));
    }
    dropped(line, reason);
  }

  void dropAll(String reason) {
    Arrays.stream(first(count())).forEach(line -> dropped(line, reason));
  }

  /** The open ones wait on disk now. */
  void spooled() {
    open.stream().forEach(line -> tally.spooled(signals[line], 1));
  }

  /** They wait in memory again, whatever is on disk. */
  void unspooled() {
    open.stream().forEach(line -> tally.spooled(signals[line], -1));
  }

  /** They were on disk when this process began. */
  void inherited() {
    open.stream().forEach(line -> tally.inherited(signals[line]));
  }

  private void settled(int line) {
    open.clear(line);
    if (onDisk) {
      tally.spooled(signals[line], -1);
    }
  }

  private void dropped(int line, String reason) {
    settled(line);
    tally.dropped(signals[line], reason, 1);
  }
}
