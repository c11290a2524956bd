// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.logstash.logback.composite.AbstractJsonProvider;

/**
 * {@code "@timestamp":"2026-11-22T10:15:30.000Z"}, always with three digits of a second. The stock
 * provider is fast only with formats that leave the digits out on the full second, which breaks
 * tools that know one format. One thread.
 */
final class TimestampProvider extends AbstractJsonProvider<ILoggingEvent> {

  private static final DateTimeFormatter TO_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

  /** With more than four digits of a year it is no date; an application may log anything. */
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

  private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private final char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
  private long second = Long.MIN_VALUE;

  @Override
  public void writeTo(JsonGenerator json, ILoggingEvent event) throws IOException {
    long millis = Math.max(FIRST, Math.min(LAST, event.getTimeStamp()));
    long newSecond = Math.floorDiv(millis, 1_000L);
    if (newSecond != second) {
      String prefix = TO_SECOND.format(Instant.ofEpochSecond(newSecond));
      prefix.getChars(0, 20, text, 0);
      second = newSecond;
    }
    int fraction = (int) Math.floorMod(millis, 1_000L);
    text[20] = (char) ('0' + fraction / 100);
    text[21] = (char) ('0' + fraction / 10 % 10);
    text[22] = (char) ('0' + fraction % 10);
    json.writeFieldName("@timestamp");
    json.writeString(text, 0, text.length);
  }
}
