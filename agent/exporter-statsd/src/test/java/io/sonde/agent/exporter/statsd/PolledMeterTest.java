// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sonde.agent.recording.ServiceIdentity;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolledMeterTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LineWriter line = new LineWriter();
  private final AtomicReference<Double> value = new AtomicReference<>();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "0.25, 0.25",
    "123456789012, 123456789012",
    "0.0001, 0.0001",
    "-0.0, 0"
  })
  void writesAGauge(double number, String text) {
    assertThat(gauge(Flavor.ETSY, number)).isEqualTo("sonde.shop.web-1.depth:" + text + "|g");
  }

  @ParameterizedTest
  @CsvSource({"-5.5, -5.5", "-7, -7"})
  void setsAGaugeToZeroFirstWhereASignIsAChange(double number, String text) {
    String name = "sonde.shop.web-1.depth:";

    assertThat(gauge(Flavor.ETSY, number)).isEqualTo(name + "0|g\n" + name + text + "|g");
    assertThat(gauge(Flavor.DATADOG, number)).startsWith("depth:" + text + "|g");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void writesNothingThatIsNoNumber(double none) {
    assertThat(gauge(Flavor.ETSY, none)).isNull();
  }

  @Test
  void writesWhatACounterHasGrownBy() {
    AtomicLong count = new AtomicLong(5);
    Meter counter = FunctionCounter.builder("taken", count, AtomicLong::get).register(registry);
    PolledMeter polled = PolledMeter.of(counter, naming(Flavor.ETSY));

    assertThat(written(polled)).isEqualTo("sonde.shop.web-1.taken:5|c");
    count.set(12);
    assertThat(written(polled)).isEqualTo("sonde.shop.web-1.taken:7|c");
    assertThat(written(polled)).isEqualTo("sonde.shop.web-1.taken:0|c");
  }

  @Test
  void leavesAloneWhatTellsOfItsEvents() {
    assertThat(PolledMeter.of(registry.timer("pause"), naming(Flavor.ETSY))).isNull();
    assertThat(PolledMeter.of(registry.counter("promoted"), naming(Flavor.ETSY))).isNull();
  }

  private String gauge(Flavor flavor, double number) {
    value.set(number);
    Meter gauge = Gauge.builder("depth", value, AtomicReference::get).register(registry);
    return written(PolledMeter.of(gauge, naming(flavor)));
  }

  private String written(PolledMeter polled) {
    return polled.write(line) ? new String(line.bytes(), 0, line.length(), US_ASCII) : null;
  }

  private static Naming naming(Flavor flavor) {
    ServiceIdentity shop = new ServiceIdentity("shop", null, null, "web-1", "web-1");
    return new Naming(StatsdConfig.builder(shop, "127.0.0.1").flavor(flavor).build());
  }
}
