// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo with {@code --keep}, as far as its tour's end; everything runs on then. */
final class DemoRun implements AutoCloseable {

  private final Process process;
  private final List<String> output = new ArrayList<>();

  private DemoRun(Process process) {
    this.process = process;
  }

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("examples/demo"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static DemoRun start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Ddemo.root=" + root(),
                "-jar",
                root().resolve("examples/tour/target/tour.jar").toString(),
                "--keep",
                "--seconds",
                "3")
            .redirectErrorStream(true)
            .start();
    DemoRun run = new DemoRun(process);
    run.readUntil("Ctrl-C stops it");
    return run;
  }

  /** All that it has said. */
  String output() {
    return String.join("\n", output);
  }

  /** The first group of the first match. */
  String find(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in:\n" + output());
    }
    return matcher.group(1);
  }

  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** What Ctrl-C does. */
  void stop() throws InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
  }

  @Override
  public void close() {
    children().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void readUntil(String end) {
    try {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.contains(end)) {
          return;
        }
      }
      throw new AssertionError("ended early:\n" + output());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
