// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.dashboards.Metrics;
import io.sonde.dashboards.Text;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a line of the agent's to a series, by the file that is shipped. */
class MappingTest {

  private static final String MAPPING = Text.yaml(Mapping.file(Metrics.all()));

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http.server.users-_id_.GET.2xx.count:3|c sonde_http_server_requests_total{class='2xx',instance='web-1',method='GET',route='users-_id_',service='shop'}",
        "http.server.all.all.all.active:3|g sonde_http_server_active{instance='web-1',service='shop'}",
        "http.client.db_example_com_5432-8baec2.GET.err.count:3|c sonde_http_client_requests_total{class='err',instance='web-1',method='GET',peer='db_example_com_5432-8baec2',service='shop'}",
        "pool.HikariPool-1.waiting:3|g sonde_pool_waiting{instance='web-1',pool='HikariPool-1',service='shop'}",
        "exceptions.java_net_ConnectException-e51f10.0badcafe.count:3|c sonde_exceptions_total{fingerprint='0badcafe',instance='web-1',service='shop',type='java_net_ConnectException-e51f10'}",
        "logs.error.count:3|c sonde_logs_total{instance='web-1',level='error',service='shop'}",
        "sonde.health.threads_deadlock-987048:3|g sonde_health_status{check='threads_deadlock-987048',instance='web-1',service='shop'}",
        "sonde.health.threads_deadlock-987048-pass-fail:3|c sonde_health_changes_total{check='threads_deadlock-987048',from='pass',instance='web-1',service='shop',to='fail'}",
        "sonde.zipkin.spans_dropped:3|c sonde_dropped_total{destination='zipkin',instance='web-1',service='shop',signal='spans'}",
        "sonde.zipkin.spans_dropped_queue_full-4146d2:3|c sonde_dropped_reason_total{destination='zipkin',instance='web-1',reason='queue_full-4146d2',service='shop',signal='spans'}",
        "sonde.zipkin.spans_queued:3|g sonde_queued{destination='zipkin',instance='web-1',service='shop',signal='spans'}",
        "sonde.started.1_4_2-a95a9c:3|c sonde_started_total{instance='web-1',service='shop',version='1_4_2-a95a9c'}",
        "sonde.statsd.folded:3|c sonde_statsd_folded_total{instance='web-1',service='shop'}",
        "jvm.memory.used_nonheap_CodeHeap_profiled_nmethods:3|g sonde_jvm_memory_used{area='nonheap',instance='web-1',service='shop',space='CodeHeap_profiled_nmethods'}",
        "jvm.threads.states_timed-waiting:3|g sonde_jvm_threads_states{instance='web-1',service='shop',state='timed-waiting'}",
        "jvm.classes.unloaded:3|c sonde_jvm_classes_unloaded_total{instance='web-1',service='shop'}",
        "cache.hit-ratio:3|g sonde_cache_hit_ratio{instance='web-1',service='shop'}",
      })
  void makesASeriesOfALine(String line, String series) {
    try (StatsdExporter exporter = StatsdExporter.start(MAPPING)) {
      exporter.line("sonde.shop.web-1." + line);

      assertThat(exporter.refused()).isEmpty();
      assertThat(exporter.metrics().lines())
          .filteredOn(text -> !text.startsWith("#"))
          .containsExactly(series.replace('\'', '"') + " 3.0");
    }
  }

  @Test
  void makesAHistogramOfATimer() {
    try (StatsdExporter exporter = StatsdExporter.start(MAPPING)) {
      exporter.line("sonde.shop.web-1.http.server.root.GET.2xx.time:3|ms");
      exporter.line("sonde.shop.web-1.http.server.root.GET.2xx.time:400|ms|@0.4");

      String labels =
          "class=\"2xx\",instance=\"web-1\",method=\"GET\",route=\"root\",service=\"shop\"";
      assertThat(exporter.metrics())
          .contains("# TYPE sonde_http_server_requests_seconds histogram")
          .contains("sonde_http_server_requests_seconds_bucket{" + labels + ",le=\"0.005\"} 1\n")
          .contains("sonde_http_server_requests_seconds_bucket{" + labels + ",le=\"0.5\"} 3\n")
          .contains("sonde_http_server_requests_seconds_bucket{" + labels + ",le=\"+Inf\"} 3\n")
          .contains("sonde_http_server_requests_seconds_sum{" + labels + "} 0.803\n")
          .contains("sonde_http_server_requests_seconds_count{" + labels + "} 3\n");
    }
  }

  @Test
  void takesASignedGaugeAsAChange() {
    try (StatsdExporter exporter = StatsdExporter.start(MAPPING)) {
      exporter.line("sonde.shop.web-1.jvm.memory.max_heap_Eden:0|g");
      exporter.line("sonde.shop.web-1.jvm.memory.max_heap_Eden:-1|g");

      assertThat(exporter.metrics()).contains("space=\"Eden\"} -1.0\n");
    }
  }

  @Test
  void hasARuleOfItsOwnForEachMetric() {
    Pattern label = Pattern.compile("\\{(\\w+)}");
    MappingRules rules = new MappingRules(MAPPING);

    assertThat(Metrics.all())
        .allSatisfy(
            metric -> {
              Matcher labels = label.matcher(metric.etsy());
              String type =
                  switch (metric.kind()) {
                    case TIMER -> "observer";
                    case COUNTER -> "counter";
                    case GAUGE -> "gauge";
                  };
              String name = "sonde.s.i." + labels.replaceAll("$1");
              assertThat(rules.map(name, type))
                  .hasValueSatisfying(
                      mapped -> {
                        assertThat(mapped.name()).isEqualTo(Names.of(metric));
                        assertThat(mapped.labels()).containsEntry("service", "s");
                        for (String key : metric.labels()) {
                          assertThat(mapped.labels()).containsEntry(key, key);
                        }
                      });
            });
  }

  @Test
  void refusesWhatTheExporterRefuses() {
    for (String spoilt :
        List.of(
            MAPPING.replaceFirst("match: \"?sonde\\.", "match: son*de."),
            MAPPING.replaceFirst("service:", "s:"),
            MAPPING.replaceFirst("help:", "helps:"),
            MAPPING.replaceFirst("ttl: \"?1m\"?", "ttl: 1 minute"))) {
      assertThat(spoilt).isNotEqualTo(MAPPING);
      assertThatThrownBy(() -> new MappingRules(spoilt))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
