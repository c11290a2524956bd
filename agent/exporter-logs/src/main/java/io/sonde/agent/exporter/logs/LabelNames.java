// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The field of each key that is not Sonde's own: an MDC's, or a number's of a check. {@code
 * labels.tenant} for {@code tenant}. At most 256 keys of each kind of line as long as the process
 * lives: each is a field of the index, and an index has a thousand. All destinations share them.
 * Any thread.
 */
final class LabelNames {

  static final int MAX = 256;

  private static final int MAX_LENGTH = 128;

  /** What Sonde writes itself as something else than text, or of any line. */
  private static final Collection<String> TAKEN =
      Arrays.asList("labels.truncated", "labels.repeat_count", "labels.sample_rate");

  private final Map<Signal, ConcurrentMap<String, String>> known = new EnumMap<>(Signal.class);

  LabelNames() {
    for (Signal signal : Signal.values()) {
      known.put(signal, new ConcurrentHashMap<>());
    }
  }

  /** Null when there are too many others. Two keys may have the same name. */
  @Nullable String of(Signal signal, String key) {
    String cut = key.length() > MAX_LENGTH ? key.substring(0, MAX_LENGTH) : key;
    ConcurrentMap<String, String> names = known.get(signal);
    String name = names.get(cut);
    return name != null ? name : add(signal, names, cut);
  }

  private static @Nullable String add(
      Signal signal, ConcurrentMap<String, String> names, String key) {
    synchronized (names) {
      if (names.size() < MAX) {
        return names.computeIfAbsent(key, LabelNames::name);
      }
    }
    AgentLog.once(
        "labels " + signal,
        "logs: lines of "
            + signal.label()
            + " have more than "
            + MAX
            + " different labels; further ones are left out, and the line has labels.truncated");
    return names.get(key);
  }

  /**
   * Dots would make objects: {@code user} and {@code user.id} could not be in one index, and a
   * blank name is refused with its line.
   */
  private static String name(String key) {
    StringBuilder name = new StringBuilder("labels.");
    boolean blank = true;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i) == '.' || Character.isISOControl(key.charAt(i)) ? '_' : key.charAt(i);
      blank &= Character.isWhitespace(c);
      name.append(c);
    }
    String whole = blank ? "labels._" : LineBudget.whole(name.toString());
    return TAKEN.contains(whole) ? whole + "_" : whole;
  }
}
