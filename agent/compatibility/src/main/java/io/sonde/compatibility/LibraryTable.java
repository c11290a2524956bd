// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import io.sonde.testkit.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code libraries.txt}, whose head explains the format. A mistake names its line. */
final class LibraryTable {

  private static final Set<String> KEYS =
      Set.of(
          "title",
          "kind",
          "scenario",
          "artifact",
          "applied",
          "with",
          "replace",
          "release",
          "can",
          "throws",
          "name",
          "jvm",
          "stderr");

  private final List<Library> libraries = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private final List<Library.Version> versions = new ArrayList<>();
  private String name = "";

  private LibraryTable() {}

  static List<Library> read(Path file) {
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException with the line's number and text
   */
  static List<Library> parse(List<String> lines) {
    LibraryTable table = new LibraryTable();
    for (int i = 0; i < lines.size(); i++) {
      try {
        table.line(lines.get(i));
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "line %d: %s: %s".formatted(i + 1, lines.get(i).strip(), e.getMessage()), e);
      }
    }
    table.endBlock();
    return List.copyOf(table.libraries);
  }

  private void line(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    if (!Character.isWhitespace(line.charAt(0))) {
      endBlock();
      name = line.strip();
      return;
    }
    String[] pair = line.strip().split("\\s+", 2);
    if (pair.length < 2) {
      throw new IllegalArgumentException("a key without a value");
    }
    if (pair[0].equals("version")) {
      versions.add(version(words(pair[1])));
    } else if (!KEYS.contains(pair[0])) {
      throw new IllegalArgumentException("no such key");
    } else {
      values.merge(pair[0], pair[1], (one, more) -> one + " " + more);
    }
  }

  private void endBlock() {
    if (!name.isEmpty()) {
      libraries.add(library());
    }
    values.clear();
    versions.clear();
  }

  private Library library() {
    return new Library(
        name,
        needed("title"),
        Kind.valueOf(needed("kind").toUpperCase(Locale.ROOT)),
        words(needed("scenario")),
        values.getOrDefault("artifact", ""),
        words(needed("applied")),
        words(values.getOrDefault("with", "")),
        pairs(words(values.getOrDefault("replace", ""))),
        Integer.parseInt(values.getOrDefault("release", "8")),
        words(values.getOrDefault("can", "")),
        values.getOrDefault("throws", "5xx"),
        values.getOrDefault("name", "orders"),
        words(values.getOrDefault("jvm", "")),
        values.getOrDefault("stderr", ""),
        List.copyOf(versions));
  }

  private String needed(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(name + " has no " + key);
    }
    return value;
  }

  /** {@code V on JDKS [cut JDK] [with G:A:V …]}. */
  private static Library.Version version(List<String> words) {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    List<String> part = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      if (Set.of("on", "cut", "with").contains(word)) {
        part = parts.computeIfAbsent(word, key -> new ArrayList<>());
      } else {
        part.add(word);
      }
    }
    if (parts.getOrDefault("on", List.of()).isEmpty()) {
      throw new IllegalArgumentException("on which JDKs?");
    }
    List<Integer> jdks = jdks(parts.get("on"));
    List<Integer> cut = jdks(parts.getOrDefault("cut", List.of()));
    if (!jdks.containsAll(cut)) {
      throw new IllegalArgumentException("a cut on a JDK that it does not run on");
    }
    return new Library.Version(words.get(0), jdks, cut, parts.getOrDefault("with", List.of()));
  }

  private static List<Integer> jdks(List<String> texts) {
    return Jdk.VERSIONS.stream()
        .filter(jdk -> texts.stream().flatMap(LibraryTable::parts).anyMatch(t -> has(t, jdk)))
        .toList();
  }

  private static Stream<String> parts(String text) {
    return Arrays.stream(text.split(","));
  }

  /** {@code 17}, {@code 8-21}, {@code 17-}. */
  private static boolean has(String range, int jdk) {
    int dash = range.indexOf('-');
    if (dash < 0) {
      return Integer.parseInt(range) == jdk;
    }
    String to = range.substring(dash + 1);
    return jdk >= Integer.parseInt(range.substring(0, dash))
        && (to.isEmpty() || jdk <= Integer.parseInt(to));
  }

  private static Map<String, String> pairs(List<String> words) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i + 1 < words.size(); i += 2) {
      pairs.put(words.get(i), words.get(i + 1));
    }
    return pairs;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }
}
