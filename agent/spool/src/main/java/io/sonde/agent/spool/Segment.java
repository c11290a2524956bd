// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.spool;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One file of records, one behind the other:
 *
 * <pre>  length: 4 bytes   CRC-32 of the record: 4 bytes   record</pre>
 */
final class Segment {

  static final String SUFFIX = ".seg";
  static final int HEADER = 8;

  private final File file;
  private final long number;
  private final RandomAccessFile access;
  private final FileChannel channel;
  private long length;
  private long readOffset;

  private Segment(File file, long number) throws IOException {
    this.file = file;
    this.number = number;
    this.access = new RandomAccessFile(file, "rw");
    this.channel = access.getChannel();
    this.length = channel.size();
  }

  static Segment create(File directory, long number) throws IOException {
    return new Segment(new File(directory, String.format("%010d%s", number, SUFFIX)), number);
  }

  static Segment open(File file) throws IOException {
    String name = file.getName();
    try {
      return new Segment(file, Long.parseLong(name.substring(0, name.indexOf('.'))));
    } catch (NumberFormatException e) {
      throw new IOException("not a spool's file: " + file);
    }
  }

  long number() {
    return number;
  }

  long length() {
    return length;
  }

  /** Where the next record begins that was not read. */
  long readOffset() {
    return readOffset;
  }

  boolean isRead() {
    return readOffset == length;
  }

  /** All of it or nothing. */
  void append(byte[] record) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + record.length);
    bytes.putInt(record.length).putInt(crc(record)).put(record).flip();
    try {
      for (long at = length; bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      channel.truncate(length);
      throw e;
    }
    length += HEADER + record.length;
  }

  /** The next record. */
  byte[] read() throws IOException {
    byte[] record = recordAt(readOffset);
    if (record == null) {
      throw new IOException("damaged while in use: " + file);
    }
    readOffset += HEADER + record.length;
    return record;
  }

  /**
   * Reads everything from the offset on, which then is the next to be read. What follows a damaged
   * record cannot be found any more: it is cut off.
   *
   * @return the bytes that were cut off
   */
  long check(long from, Consumer<? super byte[]> records) throws IOException {
    readOffset = Math.min(from, length);
    long at = readOffset;
    for (byte[] record = recordAt(at); record != null; record = recordAt(at)) {
      records.accept(record);
      at += HEADER + record.length;
    }
    long damaged = length - at;
    if (damaged > 0) {
      channel.truncate(at);
      length = at;
    }
    return damaged;
  }

  void close() {
    try {
      access.close();
    } catch (IOException e) {
      // What was written stays written.
    }
  }

  void delete() {
    close();
    file.delete();
  }

  /** Null when it is not whole. */
  private byte @Nullable [] recordAt(long at) throws IOException {
    if (length - at < HEADER) {
      return null;
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    fill(header, at);
    int size = header.getInt();
    int crc = header.getInt();
    if (size < 0 || size > length - at - HEADER) {
      return null;
    }
    ByteBuffer record = ByteBuffer.allocate(size);
    fill(record, at + HEADER);
    return crc(record.array()) == crc ? record.array() : null;
  }

  private void fill(ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at);
      if (count < 0) {
        throw new EOFException("became shorter while in use: " + file);
      }
      at += count;
    }
    bytes.flip();
  }

  private static int crc(byte[] record) {
    CRC32 crc = new CRC32();
    crc.update(record, 0, record.length);
    return (int) crc.getValue();
  }
}
