// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.spool;

import java.io.File;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records in the order they came, on disk, at most so many bytes.
 *
 * <pre>
 *  DIRECTORY/NAME-0/lock            held while the process lives; the next process takes NAME-1
 *                  /position        what was removed last, see {@link Position}
 *                  /0000000007.seg  records, see {@link Segment}; the oldest file is read,
 *                  /0000000008.seg  the newest is written, what was read is deleted
 * </pre>
 *
 * A record that was offered is there after {@code kill -9}: it is in the kernel's hands. It is not
 * forced to the disk, so that the last seconds before a power failure may be missing; what is
 * damaged is skipped. A record that was not removed is given again: at least once.
 *
 * <p>One thread, but for {@link #bytes}.
 */
public final class Spool implements AutoCloseable {

  /** A file that is longer is closed, and the next one begun. */
  static final int SEGMENT_BYTES = 4 * 1024 * 1024;

  private final Claim claim;
  private final long maxBytes;
  private final Position position;

  /** Oldest first; never empty after the first record. */
  private final Deque<Segment> segments = new ArrayDeque<>();

  private long nextNumber;
  private volatile long bytes;
  private byte @Nullable [] head;
  private long skippedBytes;

  private Spool(Claim claim, long maxBytes) throws IOException {
    this.claim = claim;
    this.maxBytes = maxBytes;
    this.position = new Position(new File(claim.directory(), "position"));
  }

  /**
   * Opens the first spool of this name that no living process has; makes the directory where there
   * is none. Readable by the owner alone.
   *
   * @param name of the destination: a file name
   * @param maxBytes of all files together; what does not fit is refused
   * @param inherited is given each record that an earlier process has left
   * @throws IOException the directory cannot be used; the message names it
   */
  public static Spool open(
      File directory, String name, long maxBytes, Consumer<? super byte[]> inherited)
      throws IOException {
    Claim claim = Claim.first(directory, name);
    try {
      Spool spool = new Spool(claim, maxBytes);
      spool.find(inherited);
      return spool;
    } catch (IOException | RuntimeException e) {
      claim.release();
      throw e;
    }
  }

  /** Where it lies. */
  public File directory() {
    return claim.directory();
  }

  /** Of what waits, its headers included. Any thread. */
  public long bytes() {
    return bytes;
  }

  public boolean isEmpty() {
    return bytes == 0;
  }

  /** Of records that were damaged. */
  public long skippedBytes() {
    return skippedBytes;
  }

  /**
   * Appends a record.
   *
   * @return false when there is no room for it; nothing has changed then
   * @throws IOException the disk is full or gone; nothing has changed then either
   */
  public boolean offer(byte[] record) throws IOException {
    long size = Segment.HEADER + record.length;
    if (bytes + size > maxBytes) {
      return false;
    }
    Segment last = segments.peekLast();
    if (last == null || last.length() >= SEGMENT_BYTES) {
      last = Segment.create(claim.directory(), nextNumber++);
      segments.add(last);
    }
    last.append(record);
    bytes += size;
    return true;
  }

  /** The oldest record, or null. It stays. What somebody has damaged meanwhile is skipped. */
  public byte @Nullable [] peek() {
    while (head == null && !segments.isEmpty()) {
      Segment first = segments.element();
      try {
        head = first.read();
      } catch (IOException e) {
        long lost = first.length() - first.readOffset();
        skippedBytes += lost;
        bytes -= lost;
        segments.remove().delete();
      }
    }
    return head;
  }

  /** Takes the oldest away. */
  public void remove() throws IOException {
    byte[] gone = peek();
    if (gone == null) {
      return;
    }
    head = null;
    bytes -= Segment.HEADER + gone.length;
    Segment first = segments.element();
    position.write(first.number(), first.readOffset());
    if (first.isRead()) {
      // Also the one that is written: an empty spool has no files.
      segments.remove();
      first.delete();
    }
  }

  /** What waits stays for the next process. */
  @Override
  public void close() {
    for (Segment segment : segments) {
      segment.close();
    }
    position.close();
    claim.release();
  }

  private void find(Consumer<? super byte[]> inherited) throws IOException {
    String[] names = claim.directory().list((at, name) -> name.endsWith(Segment.SUFFIX));
    if (names == null) {
      throw new IOException("cannot list " + claim.directory());
    }
    Arrays.sort(names);
    nextNumber = position.nextSegment();
    for (String name : names) {
      Segment segment = Segment.open(new File(claim.directory(), name));
      nextNumber = Math.max(nextNumber, segment.number() + 1);
      skippedBytes += segment.check(position.offsetIn(segment.number()), inherited);
      if (segment.isRead()) {
        segment.delete();
      } else {
        segments.add(segment);
        bytes += segment.length() - segment.readOffset();
      }
    }
  }
}
