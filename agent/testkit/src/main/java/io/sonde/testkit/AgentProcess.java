// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An application in a JVM of its own, with the agent unless {@link Launch#noAgent} says otherwise.
 *
 * <pre>{@code
 * try (AgentProcess app =
 *     AgentProcess.on(jdk).agent("statsd.host=127.0.0.1").classpath(classes).main("Main").start()) {
 *   app.awaitStdout("listening on", Duration.ofSeconds(20));
 *   …
 *   assertThat(app.stop()).isEqualTo(143);
 * }
 * }</pre>
 *
 * It sees nothing of the test's environment that would change the JVM or the agent.
 */
public final class AgentProcess implements AutoCloseable {

  /** Start of the names of variables that a JVM or the agent reads settings from. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "CLASSPATH",
          "SONDE_",
          "OTEL_",
          "DD_",
          "CONSUL_");

  private final ForkedProcess forked;

  private AgentProcess(ForkedProcess forked) {
    this.forked = forked;
  }

  public static Launch on(Jdk jdk) {
    return new Launch(jdk);
  }

  public long pid() {
    return forked.process().pid();
  }

  public boolean isAlive() {
    return forked.process().isAlive();
  }

  /** The first line of stdout that contains {@code part}, also when it came earlier. */
  public String awaitStdout(String part, Duration limit) {
    return await(forked.out(), "stdout", "containing: " + part, line -> line.contains(part), limit);
  }

  /** The first line of stdout that fits, also when it came earlier. */
  public String awaitStdout(Predicate<String> fits, Duration limit) {
    return await(forked.out(), "stdout", "that fits", fits, limit);
  }

  /** The first line of stderr that contains {@code part}, also when it came earlier. */
  public String awaitStderr(String part, Duration limit) {
    return await(forked.err(), "stderr", "containing: " + part, line -> line.contains(part), limit);
  }

  /** The first line of stderr that fits, also when it came earlier. */
  public String awaitStderr(Predicate<String> fits, Duration limit) {
    return await(forked.err(), "stderr", "that fits", fits, limit);
  }

  public List<String> stdoutLines() {
    return forked.out().all();
  }

  public List<String> stderrLines() {
    return forked.err().all();
  }

  /**
   * Waits for the application to end by itself, and for the rest of its output.
   *
   * @throws AssertionError when it still runs after {@code limit}
   */
  public int exitCode(Duration limit) {
    return forked.exitCode(limit);
  }

  /** Sends SIGTERM, waits for shutdown hooks and output, returns the exit code (143 by itself). */
  public int stop() {
    return forked.terminate();
  }

  /** Sends SIGKILL: no hook runs. */
  public void kill() {
    forked.kill();
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    forked.close();
  }

  private String await(
      Lines lines, String stream, String what, Predicate<String> fits, Duration limit) {
    return lines
        .await(fits, limit)
        .orElseThrow(
            () ->
                new AssertionError(
                    "no line of %s %s within %s%s"
                        .formatted(stream, what, limit, forked.output())));
  }

  /** How the JVM is started. Used by one thread. */
  public static final class Launch {

    private final Jdk jdk;
    private final List<String> jvm = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> program = new ArrayList<>();
    private String agentArgument = "";
    private boolean agent = true;
    private @Nullable String classpath;
    private @Nullable Path directory;

    private Launch(Jdk jdk) {
      this.jdk = jdk;
    }

    /**
     * @param argument as after {@code -javaagent:sonde-agent.jar=}
     */
    public Launch agent(String argument) {
      agent = true;
      agentArgument = argument;
      return this;
    }

    /** For comparison, and for attaching later. */
    public Launch noAgent() {
      agent = false;
      return this;
    }

    public Launch systemProperty(String name, String value) {
      properties.put(name, value);
      return this;
    }

    public Launch env(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Adds JVM flags, such as {@code -Xmx64m}. */
    public Launch jvm(String... flags) {
      jvm.addAll(Arrays.asList(flags));
      return this;
    }

    public Launch classpath(Path... entries) {
      return classpath(
          Arrays.stream(entries)
              .map(Path::toString)
              .collect(Collectors.joining(File.pathSeparator)));
    }

    public Launch classpath(String entries) {
      classpath = entries;
      return this;
    }

    /** The process's working directory; the test's own by default. */
    public Launch directory(Path folder) {
      directory = folder;
      return this;
    }

    public Launch main(String className, String... arguments) {
      program.clear();
      program.add(className);
      program.addAll(Arrays.asList(arguments));
      return this;
    }

    /** Runs an executable jar instead of a class. */
    public Launch jar(Path file, String... arguments) {
      main("-jar", file.toString());
      program.addAll(Arrays.asList(arguments));
      return this;
    }

    public AgentProcess start() {
      ProcessBuilder builder = new ProcessBuilder(command());
      builder
          .environment()
          .keySet()
          .removeIf(name -> NOT_INHERITED.stream().anyMatch(name::startsWith));
      builder.environment().putAll(environment);
      if (directory != null) {
        builder.directory(directory.toFile());
      }
      return new AgentProcess(ForkedProcess.start(builder));
    }

    private List<String> command() {
      List<String> command = new ArrayList<>();
      command.add(jdk.bin("java").toString());
      if (agent) {
        command.add(
            "-javaagent:" + AgentJar.path() + (agentArgument.isEmpty() ? "" : "=" + agentArgument));
      }
      command.addAll(jvm);
      properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
      if (classpath != null) {
        command.addAll(List.of("-cp", classpath));
      }
      command.addAll(program);
      return command;
    }
  }
}
