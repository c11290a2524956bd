// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All JVMs that the demo has started. None outlives it: {@link #close} ends them, the last started
 * first, and runs on Ctrl-C, too. Once closed, no further one starts. Any thread.
 */
final class Children implements AutoCloseable {

  /** Start of the names of variables that a JVM or an agent would read settings from. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "CLASSPATH",
          "SONDE_",
          "OTEL_",
          "DD_",
          "CONSUL_",
          "SPRING_");

  /** The agent's last flush takes 2 s at most. */
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final Path folder;
  private final List<Child> running = new ArrayList<>();
  private boolean closed;

  Children(Path folder) {
    this.folder = folder;
  }

  /**
   * @param arguments after {@code java}
   * @param secret what the agent's page asks for: handed over where other users cannot read it
   */
  synchronized Child start(String name, List<String> arguments, String secret) {
    if (closed) {
      throw new DemoFailure("closing");
    }
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    builder
        .environment()
        .keySet()
        .removeIf(variable -> NOT_INHERITED.stream().anyMatch(variable::startsWith));
    builder.environment().put("SONDE_CONSOLE_TOKEN", secret);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      Files.createDirectories(temporary());
      Child child = new Child(name, builder.start(), log);
      running.add(child);
      return child;
    } catch (IOException e) {
      throw new DemoFailure(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** The services first, each with its last flush, and what they send to after them. */
  @Override
  public synchronized void close() {
    closed = true;
    Collections.reverse(running);
    running.forEach(Child::terminate);
    for (Child child : running) {
      if (!child.awaitEnd(END_LIMIT)) {
        child.kill();
        child.awaitEnd(END_LIMIT);
      }
    }
    running.clear();
  }

  private List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    // Small and quick to start: the machine may be a laptop.
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + temporary());
    command.addAll(arguments);
    return command;
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }
}
