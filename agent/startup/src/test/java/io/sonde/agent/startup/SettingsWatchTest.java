// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsWatchTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicInteger changes = new AtomicInteger();

  @BeforeEach
  void catchLog() {
    AgentLog.to(new PrintStream(log, true));
  }

  @AfterEach
  void releaseLog() {
    AgentLog.to(null);
  }

  @Test
  void appliesWhatMayChangeAndTellsItInOneLine() throws Exception {
    Settings settings = settings("", "health.response-time.warn=1s");
    SettingsWatch watch = new SettingsWatch(settings, changes::incrementAndGet);

    write("sonde.health.response-time.warn=250ms\nhealth.min-samples=5");
    watch.look();

    assertThat(settings.get(Keys.HEALTH_RESPONSE_TIME_WARN)).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.get(Keys.HEALTH_MIN_SAMPLES)).isEqualTo(5);
    assertThat(settings.origin(Keys.HEALTH_MIN_SAMPLES)).startsWith("file ");
    assertThat(log())
        .isEqualTo(
            "[sonde] health.response-time.warn: 1s, now 250ms\n"
                + "[sonde] health.min-samples: 20, now 5\n");
    assertThat(changes).hasValue(1);
  }

  @Test
  void anUnchangedFileIsNotReadAgain() throws Exception {
    SettingsWatch watch =
        new SettingsWatch(settings("", "health.min-samples=5"), changes::incrementAndGet);

    watch.look();
    watch.look();

    assertThat(changes).hasValue(0);
    assertThat(log()).isEmpty();
  }

  @Test
  void keepsTheOldValueWhenTheNewOneIsBad() throws Exception {
    Settings settings = settings("", "health.response-time.warn=2s");
    SettingsWatch watch = new SettingsWatch(settings, changes::incrementAndGet);

    write("health.response-time.warn=soon");
    watch.look();

    assertThat(settings.get(Keys.HEALTH_RESPONSE_TIME_WARN)).isEqualTo(Duration.ofSeconds(2));
    assertThat(log())
        .startsWith("[sonde] health.response-time.warn=soon (file ")
        .contains("): not a duration such as 500ms")
        .endsWith("; using 2s\n")
        .hasLineCount(1);
  }

  @Test
  void aKeyThatIsTakenOutHasItsDefaultAgain() throws Exception {
    Settings settings = settings("", "health.response-time.fail=5s\nhealth.min-samples=7");
    SettingsWatch watch = new SettingsWatch(settings, changes::incrementAndGet);

    write("");
    watch.look();

    assertThat(settings.find(Keys.HEALTH_RESPONSE_TIME_FAIL)).isNull();
    assertThat(settings.get(Keys.HEALTH_MIN_SAMPLES)).isEqualTo(20);
    assertThat(settings.origin(Keys.HEALTH_MIN_SAMPLES)).isEqualTo("default");
    assertThat(log()).contains("health.response-time.fail: 5s, now none");
  }

  @Test
  void tellsWhatCountsFromTheNextStartOrWasSetElsewhere() throws Exception {
    Settings settings = settings("health.min-samples=9", "statsd.port=8125");
    SettingsWatch watch = new SettingsWatch(settings, changes::incrementAndGet);

    write("statsd.port=8126\nhealth.min-samples=5");
    watch.look();

    assertThat(settings.get(Keys.STATSD_PORT)).isEqualTo(8_125);
    assertThat(settings.get(Keys.HEALTH_MIN_SAMPLES)).isEqualTo(9);
    assertThat(log())
        .contains("statsd.port: changed in the file; counts from the next start")
        .contains("health.min-samples: changed in the file; stays 9 (argument)")
        .hasLineCount(2);
  }

  @Test
  void aFileThatIsGoneChangesNothing() throws Exception {
    Settings settings = settings("", "health.min-samples=5");
    SettingsWatch watch = new SettingsWatch(settings, changes::incrementAndGet);

    Files.delete(file());
    watch.look();

    assertThat(settings.get(Keys.HEALTH_MIN_SAMPLES)).isEqualTo(5);
    assertThat(log()).contains("cannot be read").hasLineCount(1);
  }

  @Test
  void everyThresholdHasASetting() throws Exception {
    Settings settings = settings("", "");
    LiveThresholds thresholds = new LiveThresholds(settings);

    write("health.min-samples=3\nhealth.response-time.warn=10ms\nhealth.bad-requests.warn=50");
    new SettingsWatch(settings("", ""), () -> {}).look();
    settings.reload();
    Object before = thresholds.get();
    thresholds.renew();

    assertThat(thresholds.get()).isNotSameAs(before);
  }

  private Settings settings(String argument, String text) throws IOException {
    write(text);
    Properties system = new Properties();
    system.setProperty("sonde.config", file().toString());
    return Settings.load(argument, system, Map.of());
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }

  private Path file() {
    return folder.resolve("sonde.properties");
  }

  private String log() {
    return log.toString().replace(System.lineSeparator(), "\n");
  }
}
