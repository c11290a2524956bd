// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Class paths as Maven resolves them: Maven itself does it, as a child process, so that mirrors,
 * proxies and the local repository are the user's. All that is missing comes with one call, which
 * costs 3 s and 0.1 s for each; what it found is kept in {@code target}.
 */
final class ClassPaths {

  private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1";
  private static final int LIMIT_MINUTES = 20;

  private final Path folder;

  /**
   * @param folder where the generated poms and the answers lie
   */
  ClassPaths(Path folder) {
    this.folder = folder;
  }

  /**
   * Resolves what is not known yet.
   *
   * @param all lists of {@code group:artifact:version}; of two versions of one the first list
   *     entry's wins
   * @throws AssertionError when Maven cannot be run
   */
  void resolve(Collection<List<String>> all) {
    Set<List<String>> missing = new LinkedHashSet<>(all);
    missing.removeIf(coordinates -> coordinates.isEmpty() || of(coordinates).isPresent());
    if (missing.isEmpty()) {
      return;
    }
    List<String> modules = new ArrayList<>();
    for (List<String> coordinates : missing) {
      String module = module(coordinates);
      modules.add("<module>" + module + "</module>");
      write(folder.resolve(module).resolve("pom.xml"), pom(module, dependencies(coordinates)));
    }
    String list = "<packaging>pom</packaging><modules>" + String.join("", modules) + "</modules>";
    write(folder.resolve("pom.xml"), pom("all", list));
    run();
  }

  /** Its jars; empty when it was not resolved, or a jar is gone. */
  Optional<List<String>> of(List<String> coordinates) {
    if (coordinates.isEmpty()) {
      return Optional.of(List.of());
    }
    Path answer = folder.resolve(module(coordinates)).resolve("classpath.txt");
    if (!Files.exists(answer)) {
      return Optional.empty();
    }
    try {
      List<String> jars = Arrays.asList(Files.readString(answer).strip().split(File.pathSeparator));
      return jars.stream().allMatch(jar -> Files.exists(Path.of(jar)))
          ? Optional.of(jars)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Maven said last. */
  Path log() {
    return folder.resolve("maven.log");
  }

  private void run() {
    String home = System.getProperty("sonde.maven.home", System.getenv("MAVEN_HOME"));
    String program = home == null ? "mvn" : Path.of(home, "bin", "mvn").toString();
    ProcessBuilder maven =
        new ProcessBuilder(
                program,
                "-B",
                "-ntp",
                "--fail-at-end",
                PLUGIN + ":build-classpath",
                "-Dmdep.includeScope=runtime",
                "-Dmdep.outputFile=classpath.txt")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    try {
      Process process = maven.start();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("Maven still resolves after 20 minutes: see " + log());
      }
    } catch (IOException e) {
      throw new AssertionError("cannot run Maven: put mvn on the PATH or set MAVEN_HOME", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** A folder's name that is another one for any other list. */
  private static String module(List<String> coordinates) {
    String last = coordinates.get(coordinates.size() - 1);
    String own = last.substring(last.indexOf(':') + 1).replace(':', '-');
    return own + "-" + Integer.toHexString(coordinates.hashCode());
  }

  private static String dependencies(List<String> coordinates) {
    StringBuilder text = new StringBuilder("<dependencies>");
    for (String each : coordinates) {
      String[] parts = each.split(":");
      text.append(
          "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
              .formatted(parts[0], parts[1], parts[2]));
    }
    return text.append("</dependencies>").toString();
  }

  private static String pom(String name, String content) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>io.sonde.compatibility.resolved</groupId>
          <artifactId>%s</artifactId>
          <version>1</version>
          %s
        </project>
        """
        .formatted(name, content);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
