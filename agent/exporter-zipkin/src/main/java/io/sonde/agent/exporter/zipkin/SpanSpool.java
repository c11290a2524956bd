// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.spool.Spool;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Messages that the server has not taken, on disk, in their order; a record is the number of its
 * spans and the message. What is there when the process ends, however it ends, is sent by the next
 * one: at least once. The destination's thread, but for {@link #close}.
 */
final class SpanSpool {

  private static final int HEADER = 4;

  private final Spool spool;
  private final Ledger.Account account;

  private SpanSpool(Spool spool, Ledger.Account account) {
    this.spool = spool;
    this.account = account;
  }

  /**
   * Null when there can be none: that is told, and spans wait in memory.
   *
   * @param encoding of the messages: another process may be set to the other
   */
  static @Nullable SpanSpool open(
      String directory, String encoding, long maxBytes, Ledger.Account account) {
    try {
      Spool spool =
          Spool.open(
              new File(directory),
              "zipkin-" + encoding,
              maxBytes,
              record -> {
                account.taken(spans(record));
                account.spooled(spans(record));
              });
      if (spool.skippedBytes() > 0) {
        AgentLog.warn(
            String.format(
                "zipkin: %d bytes in %s were damaged; the spans in them are lost, and in no account",
                spool.skippedBytes(), spool.directory()));
      }
      if (!spool.isEmpty()) {
        AgentLog.info(
            String.format(
                "zipkin: %d spans that were not taken before are sent from %s",
                account.spooled(), spool.directory()));
      }
      return new SpanSpool(spool, account);
    } catch (IOException | RuntimeException e) {
      AgentLog.warn("zipkin.spool: " + AgentLog.brief(e) + "; spans wait in memory only");
      return null;
    }
  }

  synchronized boolean isEmpty() {
    return spool.isEmpty();
  }

  /** Puts a message away; drops and counts its spans when there is no room. */
  synchronized void add(SpanBatch.Message message, int spans) {
    ByteBuffer record = ByteBuffer.allocate(HEADER + message.length);
    record.putInt(spans).put(message.bytes, message.offset, message.length);
    try {
      if (spool.offer(record.array())) {
        account.spooled(spans);
      } else {
        account.dropped("spool full", spans);
      }
    } catch (IOException e) {
      account.dropped("spool failed", spans);
      AgentLog.once("spool zipkin", "zipkin.spool: " + AgentLog.brief(e) + "; spans are lost");
    }
  }

  /** The oldest message, or null. It stays. */
  synchronized SpanBatch.@Nullable Message next() {
    byte[] record = spool.peek();
    if (record == null) {
      long damaged = account.spooled();
      account.spooled(-damaged);
      if (damaged != 0) {
        account.dropped("spool damaged", damaged);
      }
      return null;
    }
    return new SpanBatch.Message(record, HEADER, record.length - HEADER);
  }

  /**
   * The server has decided on the oldest message.
   *
   * @param lost why its spans are lost, or null: it has taken them
   */
  synchronized void done(@Nullable String lost) {
    byte[] record = spool.peek();
    if (record == null) {
      return;
    }
    int spans = spans(record);
    account.spooled(-spans);
    if (lost == null) {
      account.acked(spans);
    } else {
      account.dropped(lost, spans);
    }
    try {
      spool.remove();
    } catch (IOException e) {
      AgentLog.once("spool zipkin", "zipkin.spool: " + AgentLog.brief(e) + "; spans come twice");
    }
  }

  /** What is there stays for the next process. Any thread. */
  synchronized void close() {
    spool.close();
  }

  private static int spans(byte[] record) {
    return ByteBuffer.wrap(record).getInt();
  }
}
