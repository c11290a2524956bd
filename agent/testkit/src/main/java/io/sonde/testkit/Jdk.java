// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JDK on this machine, or the fact that there is none of this version. Looked for in {@code
 * SONDE_JDK_<version>}, the folder of {@code .ci/install}, {@code JAVA_HOME}, {@code /usr/lib/jvm}
 * and SDKMAN's folder, in this order.
 */
public final class Jdk {

  /** The versions that the agent supports and every test of it runs on. */
  public static final List<Integer> VERSIONS = List.of(8, 11, 17, 21, 25);

  private static final Pattern RELEASE =
      Pattern.compile("^JAVA_VERSION=\"(?:1\\.)?(\\d+)", Pattern.MULTILINE);
  private static final Pattern SETTING =
      Pattern.compile("java\\.specification\\.version = (?:1\\.)?(\\d+)");
  private static final Map<Integer, Jdk> FOUND = new ConcurrentHashMap<>();

  private final int version;
  private final @Nullable Path home;

  private Jdk(int version, @Nullable Path home) {
    this.version = version;
    this.home = home;
  }

  public static Jdk of(int version) {
    return FOUND.computeIfAbsent(version, Jdk::find);
  }

  public int version() {
    return version;
  }

  public boolean isPresent() {
    return home != null;
  }

  /** Its folder. A missing one ends the test as {@link Requires} says. */
  public Path home() {
    Requires.part(
        isPresent(),
        "JDK %d: run .ci/install, or set SONDE_JDK_%d to its folder".formatted(version, version));
    return home;
  }

  /** A program of this JDK, such as {@code java} or {@code jcmd}. */
  public Path bin(String program) {
    return home().resolve("bin").resolve(program);
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }

  private static Jdk find(int version) {
    return places(version)
        .filter(home -> versionAt(home).equals(Optional.of(version)))
        .findFirst()
        .map(home -> new Jdk(version, home))
        .orElseGet(() -> new Jdk(version, null));
  }

  private static Stream<Path> places(int version) {
    return Stream.of(
            Stream.ofNullable(System.getenv("SONDE_JDK_" + version)).map(Path::of),
            Stream.of(Places.cache().resolve("jdk-" + version)),
            Stream.ofNullable(System.getenv("JAVA_HOME")).map(Path::of),
            Places.foldersIn(Path.of("/usr/lib/jvm")),
            Places.foldersIn(Places.home().resolve(".sdkman/candidates/java")))
        .flatMap(places -> places);
  }

  /** The version of the JDK in {@code home}; empty when there is no whole JDK. */
  static Optional<Integer> versionAt(Path home) {
    if (!Files.isExecutable(home.resolve("bin/java"))
        || !Files.isExecutable(home.resolve("bin/javac"))) {
      return Optional.empty();
    }
    try {
      Path release = home.resolve("release");
      Optional<Integer> told =
          Files.exists(release) ? first(RELEASE, Files.readString(release)) : Optional.empty();
      // Debian's 8 has no such file: ask it.
      return told.isPresent() ? told : first(SETTING, settings(home));
    } catch (IOException e) {
      throw new UncheckedIOException(home.toString(), e);
    }
  }

  private static String settings(Path home) throws IOException {
    Process java =
        new ProcessBuilder(
                home.resolve("bin/java").toString(), "-XshowSettings:properties", "-version")
            .redirectErrorStream(true)
            .start();
    try (InputStream output = java.getInputStream()) {
      return new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Optional<Integer> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
