// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationLogsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logs.logstash=localhost:5000",
        "logs.lumberjack=localhost:5044",
        "logs.elasticsearch=http://localhost:9200",
        "logs.file=app.json",
        "logs.stdout=true"
      })
  void eachDestinationAloneIsReasonToRecordThem(String destination) {
    assertThat(includesInfo(destination)).isTrue();
    assertThat(includesInfo(destination + ",logs.application=off")).isFalse();
  }

  @Test
  void withoutADestinationNoneIsRecorded() {
    assertThat(includesInfo("")).isFalse();
  }

  private static boolean includesInfo(String argument) {
    Settings settings = Settings.load(argument, new Properties(), Map.of());
    return ApplicationLogs.levels(settings).include(3, "com.acme.Orders");
  }
}
