// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What kind a throwable is of: eight hexadecimal digits over its class and the classes and methods
 * of its frames. Line numbers and generated names are left out, so that it outlives a release and
 * is the same on every instance.
 *
 * <p>A stack that is taken apart is some thousand bytes and tens of microseconds. In a storm it is
 * not: where one handler has thrown one class often in this window, and always of one kind, the
 * next are taken for that kind, all but each sixteenth. As soon as one is of another kind, all are
 * looked at until the window ends. So a count by kind may be off by some of the same class and
 * handler; the count by class never is. The pipeline's thread only.
 */
final class Fingerprints {

  private static final StackTraceElement[] NO_FRAMES = {};
  private static final int MAX_FRAMES = 64;
  private static final int MAX_SOURCES = 500;
  private static final int LOOKED_AT = 16;

  /** Throwables of one class out of one handler, in the current window. */
  private static final class Source {
    final long since;
    final String kind;
    int count;
    boolean mixed;

    Source(long since, String kind) {
      this.since = since;
      this.kind = kind;
    }
  }

  private final int often;
  private final long windowNanos;
  private final CRC32 checksum = new CRC32();

  /** By class, then by handler; both are few, and neither is a throwable's own. */
  private final Map<String, Map<String, Source>> sources = new HashMap<>();

  private int size;

  /**
   * @param often so many of a source are all looked at
   */
  Fingerprints(int often, long windowNanos) {
    this.often = often;
    this.windowNanos = windowNanos;
  }

  /**
   * @param root a root cause
   * @param exchange where it was thrown; without one it is always looked at
   */
  String of(Throwable root, @Nullable Exchange exchange, long nowNanos) {
    String handler = exchange == null ? null : exchange.handler();
    if (handler == null) {
      return look(root);
    }
    String type = root.getClass().getName();
    Map<String, Source> ofType = sources.get(type);
    Source source = ofType == null ? null : ofType.get(handler);
    if (source != null && nowNanos - source.since <= windowNanos) {
      return of(root, source);
    }
    String kind = look(root);
    keep(type, handler, new Source(nowNanos, kind));
    return kind;
  }

  private void keep(String type, String handler, Source source) {
    if (size >= MAX_SOURCES) {
      sources.clear(); // most of them are of long ago
      size = 0;
    }
    Map<String, Source> ofType = sources.computeIfAbsent(type, name -> new HashMap<>());
    if (ofType.put(handler, source) == null) {
      size++;
    }
  }

  private String of(Throwable root, Source source) {
    source.count++;
    if (source.count > often && !source.mixed && source.count % LOOKED_AT != 0) {
      return source.kind;
    }
    String kind = look(root);
    source.mixed |= !kind.equals(source.kind);
    return kind;
  }

  private String look(Throwable root) {
    checksum.reset();
    add(root.getClass().getName());
    StackTraceElement[] frames = frames(root);
    for (int i = 0; i < frames.length && i < MAX_FRAMES && frames[i] != null; i++) {
      String type = frames[i].getClassName();
      if (!isGenerated(type)) {
        add(type);
        add(frames[i].getMethodName());
      }
    }
    return Long.toHexString(1L << 32 | checksum.getValue()).substring(1);
  }

  /** The application's own code may throw, and return anything. */
  private static StackTraceElement[] frames(Throwable root) {
    try {
      StackTraceElement[] frames = root.getStackTrace();
      return frames == null ? NO_FRAMES : frames;
    } catch (Throwable t) {
      return NO_FRAMES;
    }
  }

  /**
   * Lambdas, proxies, and the JDK's way to call a method by reflection, which up to 17 changes with
   * the sixteenth call, from {@code NativeMethodAccessorImpl} to {@code
   * GeneratedMethodAccessor<number>}.
   */
  private static boolean isGenerated(String type) {
    return type.contains("$$")
        || type.startsWith("jdk.internal.reflect.")
        || type.startsWith("sun.reflect.");
  }

  private void add(String text) {
    for (int i = 0; i < text.length(); i++) {
      checksum.update(text.charAt(i));
    }
    checksum.update(0);
  }
}
