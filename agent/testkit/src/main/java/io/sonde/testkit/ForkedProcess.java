// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A child process whose output is collected line by line. It cannot outlive the test: {@link
 * #close} ends it, and so does the end of this JVM.
 */
final class ForkedProcess implements AutoCloseable {

  private static final Duration TERM_LIMIT = Duration.ofSeconds(10);
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
  }

  private final Process process;
  private final Lines out = new Lines();
  private final Lines err = new Lines();

  private ForkedProcess(Process process) {
    this.process = process;
  }

  static ForkedProcess start(ProcessBuilder builder) {
    try {
      ForkedProcess forked = new ForkedProcess(builder.start());
      RUNNING.add(forked.process);
      forked.collect(forked.process.getInputStream(), forked.out, "stdout");
      forked.collect(forked.process.getErrorStream(), forked.err, "stderr");
      return forked;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + builder.command(), e);
    }
  }

  Process process() {
    return process;
  }

  Lines out() {
    return out;
  }

  Lines err() {
    return err;
  }

  /**
   * The exit code, once all output has been read.
   *
   * @throws AssertionError when it still runs after {@code limit}
   */
  int exitCode(Duration limit) {
    if (!awaitExit(limit)) {
      throw new AssertionError("still running after " + limit + output());
    }
    return process.exitValue();
  }

  /** Asks it to end (SIGTERM) and returns its exit code; one that does not is killed and fails. */
  int terminate() {
    process.toHandle().destroy(); // Process.destroy would close the streams and lose the last lines
    if (!awaitExit(TERM_LIMIT)) {
      kill();
      throw new AssertionError("ignored SIGTERM for " + TERM_LIMIT + output());
    }
    return process.exitValue();
  }

  /** SIGKILL, as the kernel's out-of-memory killer does it. */
  void kill() {
    process.toHandle().destroyForcibly();
    awaitExit(TERM_LIMIT);
  }

  @Override
  public void close() {
    kill();
  }

  /**
   * Returns when a server answers; {@code asked} may throw {@link UncheckedIOException} until then.
   *
   * @param name of the server, for the message
   * @throws AssertionError when it has ended or does not answer within {@code limit}: then it is
   *     killed
   */
  void awaitAnswer(String name, Duration limit, BooleanSupplier asked) {
    try {
      Eventually.that(limit, () -> !process.isAlive() || answers(asked));
    } catch (AssertionError e) {
      kill();
      throw new AssertionError(name + " does not answer" + output(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError(name + " has ended" + output());
    }
  }

  private static boolean answers(BooleanSupplier asked) {
    try {
      return asked.getAsBoolean();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Both streams as far as read, for a failure's message. */
  String output() {
    return "\n--- stdout\n%s\n--- stderr\n%s"
        .formatted(String.join("\n", out.all()), String.join("\n", err.all()));
  }

  private boolean awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      RUNNING.remove(process);
      // A grandchild may hold the pipes open: then what has been read must do.
      out.awaitEnd(Duration.ofSeconds(1));
      err.awaitEnd(Duration.ofSeconds(1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void collect(InputStream stream, Lines lines, String name) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                  lines.add(line);
                }
              } catch (IOException e) {
                lines.add("(reading stopped: " + e + ")");
              } finally {
                lines.end();
              }
            },
            name + " of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }
}
