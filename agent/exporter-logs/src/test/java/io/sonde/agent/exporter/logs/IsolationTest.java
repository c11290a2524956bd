// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.BasicStatusManager;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LogEvent;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries run in a loader of their own, and nothing of the application's reaches them. */
final class IsolationTest {

  /** Would make itself heard on standard output, and make a file. */
  private static final String LOUD_CONFIGURATION =
      "<configuration debug=\"true\"><appender name=\"F\" class=\"ch.qos.logback.core.FileAppender\">"
          + "<file>%s</file><encoder><pattern>%%m</pattern></encoder></appender>"
          + "<root><appender-ref ref=\"F\"/></root></configuration>";

  @TempDir Path directory;

  @Test
  void neitherLooksForAConfigurationNorPrintsNorWakesSlf4j() throws Exception {
    Path configured = directory.resolve("by-configuration");
    Files.writeString(
        directory.resolve("logback.xml"), String.format(LOUD_CONFIGURATION, configured));
    Path file = directory.resolve("app.json");

    String printed;
    int slf4j;
    try (URLClassLoader isolated = isolated()) {
      printed =
          printedBy(
              () ->
                  isolated
                      .loadClass(Isolated.class.getName())
                      .getMethod("run", String.class)
                      .invoke(null, file.toString()));
      slf4j = initializationState(isolated);
    }

    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(printed).isEmpty();
    assertThat(slf4j).as("LoggerFactory's state, 0: never asked").isZero();
    assertThat(configured).doesNotExist();
  }

  @Test
  void keepsNoStatusMessages() {
    QuietContext context = new QuietContext();
    RollingLineAppender appender =
        new RollingLineAppender(directory.resolve("a.json").toString(), 1, 0, 5);
    appender.start();
    for (int i = 0; i < 100; i++) {
      appender.write("line\n".getBytes());
    }
    appender.stop();

    assertThat(appender.getContext().getStatusManager().getCount()).isZero();
    assertThat(appender.getContext().getStatusManager().getCopyOfStatusList()).isEmpty();
    assertThat(context.getStatusManager()).isNotInstanceOf(BasicStatusManager.class);
  }

  @Test
  void marksAThreadThatLogbackShouldEverAskFor() throws Exception {
    QuietContext context = new QuietContext();
    try {
      Thread thread = context.getExecutorService().submit(Thread::currentThread).get();

      assertThat(thread.getThreadGroup().getName()).isEqualTo("sonde");
      assertThat(thread.isDaemon()).isTrue();
    } finally {
      context.stop();
    }
  }

  /** Runs inside the isolated loader. */
  public static final class Isolated {

    private Isolated() {}

    public static void run(String file) {
      Ledger ledger = new Ledger();
      LogExporter exporter =
          Samples.exporter(LogConfig.builder().file(file).maxSizeBytes(10), ledger);
      exporter.log(new LogEvent(4, 0, "a", "m", "t", new Error("e"), Map.of("tenant", "7"), null));
      Samples.close(exporter, Duration.ofSeconds(20));
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static String printedBy(Action action) throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true)) {
      System.setOut(both);
      System.setErr(both);
      action.run();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return printed.toString();
  }

  private URLClassLoader isolated() throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(directory.toUri().toURL());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  private static int initializationState(ClassLoader loader) throws ReflectiveOperationException {
    Field state =
        Class.forName("org.slf4j.LoggerFactory", false, loader)
            .getDeclaredField("INITIALIZATION_STATE");
    state.setAccessible(true);
    return state.getInt(null);
  }
}
