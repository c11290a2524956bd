// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void theFirstSourceThatHasItWins() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("sonde.properties"),
            """
            # a comment
            sonde.statsd.host = from-file
            statsd.prefix=from-file
            service.name=from-file
            service.version=from-file
            """);
    Properties system = new Properties();
    system.setProperty("sonde.statsd.prefix", "from-property");
    system.setProperty("sonde.service.name", "from-property");
    Map<String, String> environment =
        Map.of("SONDE_STATSD_HOST", "from-env", "SONDE_STATSD_PREFIX", "from-env");

    Settings settings =
        Settings.load("service.name=from-argument,config=" + file, system, environment);

    assertThat(settings.find(Keys.SERVICE_NAME)).isEqualTo("from-argument");
    assertThat(settings.get(Keys.STATSD_PREFIX)).isEqualTo("from-property");
    assertThat(settings.find(Keys.STATSD_HOST)).isEqualTo("from-env");
    assertThat(settings.find(Keys.SERVICE_VERSION)).isEqualTo("from-file");
    assertThat(settings.get(Keys.STATSD_PORT)).isEqualTo(8125);
    assertThat(settings.origin(Keys.SERVICE_NAME)).isEqualTo("argument");
    assertThat(settings.origin(Keys.STATSD_PREFIX)).isEqualTo("system property");
    assertThat(settings.origin(Keys.STATSD_HOST)).isEqualTo("environment");
    assertThat(settings.origin(Keys.SERVICE_VERSION)).startsWith("file ");
    assertThat(settings.origin(Keys.STATSD_PORT)).isEqualTo("default");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void aBackslashKeepsACommaInAValue() {
    Settings settings =
        argument("logs.logstash=one:5044\\,two:5044,service.name=a\\\\b,service.version=1\\,2");

    assertThat(settings.get(Keys.LOGS_LOGSTASH)).containsExactly("one:5044", "two:5044");
    assertThat(settings.find(Keys.SERVICE_VERSION)).isEqualTo("1,2");
    assertThat(settings.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "statsd.prot, statsd.port",
    "statsd.hots, statsd.host",
    "zipkin.endpont, zipkin.endpoint",
    "health-port, health.port",
    "STATSD.PORT, statsd.port"
  })
  void namesTheNearestKeyForAnUnknownOne(String written, String nearest) {
    assertThat(argument(written + "=1").problems())
        .singleElement()
        .asString()
        .contains(written)
        .endsWith("nearest is " + nearest);
  }

  @ParameterizedTest
  @CsvSource({
    "statsd.port, 99999, 1..65535, 8125",
    "statsd.port, abc, 1..65535, 8125",
    "statsd.port, -1, 1..65535, 8125",
    "statsd.protocol, sctp, 'udp, tcp, unix', udp",
    "statsd.interval, 5, 500ms, 5s",
    "statsd.interval, 0s, 100ms, 5s",
    "sampling.rate, 1.01, 0..1, 1.0",
    "sampling.rate, NaN, 0..1, 1.0",
    "logs.file.max-size, 1TB, 64KB, 100MB",
    "logs.mdc, yes, true or false, true",
    "propagation.extract, b4, b3multi, 'b3,b3multi,tracecontext'"
  })
  void tellsABadValueWithWhatIsAllowedAndWhatIsUsed(
      String key, String value, String allowed, String used) {
    Settings settings = argument(key + "=" + value);

    assertThat(settings.problems())
        .singleElement()
        .asString()
        .startsWith(key + "=" + value + " (argument)")
        .contains(allowed)
        .endsWith("; using " + used);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders", "/orders=2", "=0.5", "/a=0.5\\,/b=much", "/a=NaN"})
  void tellsRoutesWhoseShareIsNone(String routes) {
    Settings settings = argument("logs.access.routes=" + routes);

    assertThat(settings.get(Keys.LOGS_ACCESS_ROUTES)).isEmpty();
    assertThat(settings.problems())
        .singleElement()
        .asString()
        .endsWith("not a list of route=share, each share 0..1; using none");
  }

  @Test
  void aBadValueDoesNotHideAGoodOneBehindIt() {
    Properties system = new Properties();
    system.setProperty("sonde.statsd.port", "9125");

    Settings settings = Settings.load("statsd.port=x", system, Map.of());

    assertThat(settings.get(Keys.STATSD_PORT)).isEqualTo(9125);
    assertThat(settings.problems())
        .containsExactly("statsd.port=x (argument): not 1..65535; using 9125 (system property)");
  }

  @Test
  void readsLevelsOfLoggers() {
    Properties system = new Properties();
    system.setProperty("sonde.logs.level.com.acme", "ERROR");
    system.setProperty("sonde.logs.level.com.acme.Orders", "debug");

    Settings settings =
        Settings.load(
            "logs.level.com.acme=WARN", system, Map.of("SONDE_LOGS_LEVEL_ORG_NOISY", "ERROR"));

    assertThat(settings.loggerLevels())
        .containsExactly(
            Map.entry("com.acme", "WARN"),
            Map.entry("com.acme.Orders", "DEBUG"),
            Map.entry("org.noisy", "ERROR"));
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.describe())
        .anySatisfy(
            row ->
                assertThat(row)
                    .containsEntry("key", "logs.level.com.acme")
                    .containsEntry("value", "WARN"));
  }

  @Test
  void tellsABadLevelOfALogger() {
    Settings settings = argument("logs.level.com.acme=LOUD,logs.level=WARN");

    assertThat(settings.loggerLevels()).isEmpty();
    assertThat(settings.problems())
        .containsExactly(
            "logs.level.com.acme=LOUD (argument): not one of TRACE, DEBUG, INFO, WARN, ERROR;"
                + " using logs.level, WARN");
  }

  @Test
  void readsEveryKeyFromTheEnvironment() {
    Settings settings =
        Settings.load(
            null,
            new Properties(),
            Map.of(
                "SONDE_STATSD_MAX_PACKET", "512",
                "SONDE_LOGS_FILE_MAX_SIZE", "8MB",
                "SONDE_REQUEST_ID_HEADER", "X-Correlation",
                "SONDE_HEALTH_PORT_STRICT", "true",
                "SONDE_INSTRUMENTATION_JDK_HTTP_SERVER_ENABLED", "false",
                "NOT_SONDE", "1"));

    assertThat(settings.get(Keys.STATSD_MAX_PACKET)).isEqualTo(512);
    assertThat(settings.get(Keys.LOGS_FILE_MAX_SIZE)).isEqualTo(8L << 20);
    assertThat(settings.get(Keys.REQUEST_ID_HEADER)).isEqualTo("X-Correlation");
    assertThat(settings.get(Keys.HEALTH_PORT_STRICT)).isTrue();
    assertThat(settings.isInstrumentationEnabled("jdk-http-server")).isFalse();
    assertThat(settings.isInstrumentationEnabled("tomcat")).isTrue();
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void everyKeyHasItsOwnVariable() {
    assertThat(Keys.all().stream().map(setting -> Settings.variableOf(setting.key)))
        .doesNotHaveDuplicates()
        .allMatch(variable -> variable.matches("SONDE_[A-Z0-9_]+"));
  }

  @Test
  void namesTheNearestInstrumentationForAnUnknownOne() {
    Settings settings =
        argument("instrumentation.tomcatt.enabled=false,instrumentation.jul.enabled=false");

    settings.tellUnknownInstrumentations(List.of("jul", "logback", "tomcat"));

    assertThat(settings.problems())
        .containsExactly(
            "instrumentation.tomcatt.enabled: no such instrumentation, ignored;"
                + " nearest is tomcat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X Request", "X-Request:", "größe", "a\nb", "(id)"})
  void tellsAHeaderThatIsNone(String header) {
    Settings settings = argument("request-id.header=" + header);

    assertThat(settings.get(Keys.REQUEST_ID_HEADER)).isEqualTo("X-Request-ID");
    assertThat(settings.problems())
        .containsExactly(
            "request-id.header=" + header + " (argument): not a header's name; using X-Request-ID");
  }

  @Test
  void aFileThatIsNotThereIsTold() {
    Settings settings = argument("config=/not/there,statsd.port=9");

    assertThat(settings.get(Keys.STATSD_PORT)).isEqualTo(9);
    assertThat(settings.problems())
        .singleElement()
        .asString()
        .startsWith("config=/not/there: cannot be read");
  }

  @Test
  void garbageIsToldAndIgnored() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "statsd.port=9\nnothing\n=x\n");

    Settings settings = argument("garbage,,=x,config=" + file);

    assertThat(settings.get(Keys.STATSD_PORT)).isEqualTo(9);
    assertThat(settings.problems())
        .containsExactly(
            "garbage (argument): not key=value; ignored",
            "=x (argument): not key=value; ignored",
            "config=" + file + ": 2 lines are not key=value; ignored");
  }

  @Test
  void aFileThatIsNoTextIsToldInOneLine() throws IOException {
    Path file = folder.resolve("f");
    byte[] bytes = "statsd.port=9\nPK=\1\2\n=\n\0\0\n".repeat(50).getBytes(US_ASCII);

    Settings settings = argument("config=" + Files.write(file, bytes));

    assertThat(settings.get(Keys.STATSD_PORT)).isEqualTo(8125);
    assertThat(settings.problems())
        .containsExactly("config=" + file + ": not a file of key=value lines; ignored");
  }

  @Test
  void whatIsCutFromASecretByItsCommaIsNotShown() {
    assertThat(argument("console.token=abc,s3cret,service.name=x,rest").problems())
        .containsExactly(
            "*** (argument): not key=value; ignored", "rest (argument): not key=value; ignored");
  }

  @Test
  void aLineIsNeverLong() {
    String much = "x".repeat(10_000);

    assertThat(argument("statsd.port=" + much + "," + much + "," + much + "=1").problems())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).hasSizeBetween(200, 300));
  }

  @Test
  void whatComesLaterIsTold() {
    assertThat(argument("overhead.max=0.5").problems())
        .singleElement()
        .asString()
        .contains("overhead.max=0.5")
        .contains("does nothing in this version yet");
  }

  @Test
  void secretsAreNeverShown() {
    Settings settings =
        argument(
            "console.token=s3cret,zipkin.headers=k=s3cret,sampling.rate=x"
                + ",zipkin.endpoint=http://user:s3cret@127.0.0.1:9411/api/v2/spans");

    assertThat(settings.describe().toString()).doesNotContain("s3cret").contains("***");
    assertThat(settings.problems().toString()).doesNotContain("s3cret");
    assertThat(settings.find(Keys.CONSOLE_TOKEN)).isEqualTo("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:s3cret@host:9411/api/v2/spans",
        "http://user:s3c@s3cret@host:9411/api/v2/spans",
        "http://user:s3c/s3cret@host:9411/api/v2/spans",
        "http://host:9411/api/v2/spans?key=s3cret",
        "http://host:9411/api/v2/spans\\,http://user:s3cret@other?key=s3cret"
      })
  void whatIsSecretInAUrlIsNotShown(String url) {
    Settings settings =
        argument("zipkin.endpoint=" + url + ",statsd.port=" + url + ",http://user:s3cret@host");

    assertThat(settings.describe().toString()).contains("***").doesNotContain("s3cret");
    assertThat(settings.problems()).hasSize(2);
    assertThat(settings.problems().toString()).contains("***").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"250ms, 250", "10s, 10000", "2m, 120000"})
  void readsDurationsWithTheirUnit(String text, long millis) {
    assertThat(argument("statsd.interval=" + text).get(Keys.STATSD_INTERVAL))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void noneTakesBackWhatHasNoDefault() {
    Properties system = new Properties();
    system.setProperty("sonde.statsd.host", "somewhere");

    Settings settings = Settings.load("statsd.host=none", system, Map.of());

    assertThat(settings.find(Keys.STATSD_HOST)).isNull();
    assertThat(settings.problems()).isEmpty();
  }

  private static Settings argument(String argument) {
    return Settings.load(argument, new Properties(), Map.of());
  }
}
