// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where files that tests need may lie. */
final class Places {

  private Places() {}

  /**
   * The file at {@code relative} in this folder or the nearest one above: tests run in a module.
   */
  static Optional<Path> upward(String relative) {
    return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
        .map(folder -> folder.resolve(relative))
        .filter(Files::exists)
        .findFirst();
  }

  /** The same of what a module's build has made; it has to be there. */
  static Path built(String relative) {
    return upward(relative)
        .orElseThrow(() -> new AssertionError("no " + relative + ": build that module first"));
  }

  /** What {@code .ci/install} made: {@code SONDE_CACHE}, else {@code ~/.cache/sonde}. */
  static Path cache() {
    String named = System.getenv("SONDE_CACHE");
    return named != null ? Path.of(named) : home().resolve(".cache/sonde");
  }

  /**
   * A program: {@code SONDE_NAME}, else what {@code .ci/install} made, else the one on the {@code
   * PATH}.
   */
  static Optional<Path> program(String name) {
    Stream<Path> onPath =
        Stream.ofNullable(System.getenv("PATH"))
            .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
            .map(folder -> Path.of(folder, name));
    String variable = "SONDE_" + name.toUpperCase(Locale.ROOT);
    return Stream.of(
            Stream.ofNullable(System.getenv(variable)).map(Path::of),
            Stream.of(cache().resolve(name)),
            onPath)
        .flatMap(places -> places)
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** The same, without which a test cannot run. */
  static Path requiredProgram(String name) {
    Optional<Path> program = program(name);
    String variable = "SONDE_" + name.toUpperCase(Locale.ROOT);
    Requires.part(program.isPresent(), name + ": run .ci/install, or set " + variable + " to it");
    return program.get();
  }

  static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  /** The folders in {@code folder}, by name; none when it is missing. */
  static Stream<Path> foldersIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path temporaryFolder(String purpose) {
    try {
      return Files.createTempDirectory("sonde-" + purpose);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes {@code folder} and all in it. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
