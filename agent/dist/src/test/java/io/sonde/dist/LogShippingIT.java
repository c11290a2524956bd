// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.JsonLinesSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application whose Logback ships to Logstash itself, through logstash-logback-encoder. */
class LogShippingIT {

  @TempDir Path folder;

  @Test
  void leavesItsEventsToAnApplicationThatShipsThem() throws IOException {
    try (JsonLinesSink own = JsonLinesSink.start();
        ObservedService shop = ObservedService.start(application(own))) {
      assertThat(shop.process().awaitStderr("ships to Logstash itself", LIMIT))
          .isEqualTo(
              "[sonde] logs: the application ships to Logstash itself"
                  + " (LogstashTcpSocketAppender LOGSTASH): its own events are left to it;"
                  + " logs.application=on ships them too");

      shop.get("/hello?name=Ada");
      shop.get("/boom");

      assertThat(greeting(own).path("traceId"))
          .isEqualTo(shop.awaitAccess("/hello").path("trace.id"));
      shop.logs().awaitLine(event -> event.has("error.type"), LIMIT);
      assertThat(shop.process().stop()).isEqualTo(143);
      assertThat(shop.logs().events())
          .extracting(event -> event.path("event.dataset").asText())
          .containsOnly("sonde.lifecycle", "sonde.access", "sonde.error");
      assertThat(shop.process().stderrLines())
          .filteredOn(line -> line.contains("ships to Logstash"))
          .hasSize(1);
    }
  }

  @Test
  void shipsThemTooWhenToldTo() throws IOException {
    try (JsonLinesSink own = JsonLinesSink.start();
        ObservedService shop = ObservedService.start(application(own), "logs.application=on")) {
      shop.get("/hello?name=Ada");

      assertThat(greeting(own).path("message")).isEqualTo(greeting(shop.logs()).path("message"));
      assertThat(shop.process().stderrLines())
          .noneMatch(line -> line.contains("ships to Logstash"));
    }
  }

  private static JsonNode greeting(JsonLinesSink sink) {
    return sink.awaitLine(event -> event.path("message").asText().equals("greeting Ada"), LIMIT);
  }

  private AgentProcess.Launch application(JsonLinesSink own) throws IOException {
    Path configuration = folder.resolve("logback.xml");
    Files.writeString(
        configuration,
        """
        <configuration>
          <appender name="LOGSTASH" class="net.logstash.logback.appender.LogstashTcpSocketAppender">
            <destination>%s</destination>
            <encoder class="net.logstash.logback.encoder.LogstashEncoder"/>
          </appender>
          <appender name="ASYNC" class="ch.qos.logback.classic.AsyncAppender">
            <appender-ref ref="LOGSTASH"/>
          </appender>
          <root level="INFO">
            <appender-ref ref="ASYNC"/>
          </root>
        </configuration>
        """
            .formatted(own.address()));
    return Apps.tomcat(Jdk.of(17), folder, "encoder")
        .systemProperty("logback.configurationFile", configuration.toString());
  }
}
