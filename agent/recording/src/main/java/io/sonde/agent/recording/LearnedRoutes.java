// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes routes of paths where nothing tells one. A segment that looks like a value is {@code {id}}
 * from the first time on; where too many different words are seen in one place, that place is one
 * from then on: {@code /users/ada}, {@code /users/bob}, … become {@code /users/{id}}. What was once
 * collapsed stays so.
 *
 * <p>The words are kept in a tree, of {@link #MAX_WORDS} at most. The pipeline's thread, but for
 * {@link #shape} and {@link #collapsed}.
 */
final class LearnedRoutes {

  /** More than a resource has named parts, fewer than it has names. */
  static final int MAX_IN_ONE_PLACE = 30;

  /** Of the first segment: a service may well have that many pages. */
  static final int MAX_AT_THE_ROOT = 100;

  static final int MAX_WORDS = 2_000;

  private static final int MAX_SEGMENTS = 8;
  private static final String VALUE = "/{id}";

  /** A place in a path: what was seen there. */
  private static final class Place {
    final int most;
    @Nullable Map<String, Place> words = new HashMap<>(4);
    @Nullable Place value;

    Place(int most) {
      this.most = most;
    }

    Place value() {
      if (value == null) {
        value = new Place(MAX_IN_ONE_PLACE);
      }
      return value;
    }
  }

  /** Knows no place, so that it changes nothing and may be used by all. */
  private static final LearnedRoutes SHAPES = new LearnedRoutes(place -> {});

  private final Place root = new Place(MAX_AT_THE_ROOT);
  private final List<String> collapsed = new CopyOnWriteArrayList<>();
  private final Consumer<String> onCollapse;
  private int words;

  /**
   * @param onCollapse is given the place: {@code /users} when {@code /users/{id}} takes over
   */
  LearnedRoutes(Consumer<String> onCollapse) {
    this.onCollapse = onCollapse;
  }

  /** The places with too many words, as routes: {@code /users/{id}}. Any thread. */
  List<String> collapsed() {
    return Collections.unmodifiableList(new ArrayList<>(collapsed));
  }

  /** The route of the path, from all that was seen so far. */
  String learn(String path) {
    return route(path, root);
  }

  /** By the looks of its segments alone. Any thread. */
  static String shape(String path) {
    return SHAPES.route(path, null);
  }

  private String route(String path, @Nullable Place start) {
    StringBuilder route = new StringBuilder(path.length());
    Place place = start;
    int segments = 0;
    int from = 0;
    while (from < path.length()) {
      int end = path.indexOf('/', from);
      if (end < 0) {
        end = path.length();
      }
      if (end > from) {
        if (++segments > MAX_SEGMENTS) {
          return route.append("/*").toString();
        }
        if (isValue(path, from, end)) {
          route.append(VALUE);
          place = place == null ? null : place.value();
        } else {
          place = word(path.substring(from, end), place, route);
        }
      }
      from = end + 1;
    }
    return route.length() == 0 ? "/" : route.toString();
  }

  /** Appends the word, or what stands for all words there. */
  private @Nullable Place word(String word, @Nullable Place place, StringBuilder route) {
    Place next = place == null || place.words == null ? null : place.words.get(word);
    if (next == null && place != null && place.words != null && words < MAX_WORDS) {
      next = add(word, place, route);
    }
    if (place != null && place.words == null) {
      route.append(VALUE);
      return place.value();
    }
    route.append('/').append(word);
    return next;
  }

  /** Null when the place is collapsed instead. */
  private @Nullable Place add(String word, Place place, StringBuilder before) {
    if (place.words.size() < place.most) {
      Place added = new Place(MAX_IN_ONE_PLACE);
      place.words.put(word, added);
      words++;
      return added;
    }
    words -= below(place) - below(place.value);
    place.words = null;
    collapsed.add(before + VALUE);
    onCollapse.accept(before.toString());
    return null;
  }

  private static int below(@Nullable Place place) {
    int count = 0;
    if (place != null) {
      count = below(place.value);
      for (Place word :
          place.words == null ? Collections.<Place>emptySet() : place.words.values()) {
        count += 1 + below(word);
      }
    }
    return count;
  }

  /** Numbers, UUIDs, hashes, dates, mixed words, long words, and whatever has an odd character. */
  private static boolean isValue(String path, int from, int end) {
    if (end - from > 40) {
      return true;
    }
    int digits = 0;
    boolean hex = true;
    for (int i = from; i < end; i++) {
      char c = path.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (!isPlain(c)) {
        return true;
      }
      hex &= Character.digit(c, 16) >= 0 || c == '-';
    }
    boolean version = digits < 3 && path.charAt(from) == 'v';
    return digits > 0 && !version && (hex || digits >= 2 || digits == end - from);
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.';
  }
}
