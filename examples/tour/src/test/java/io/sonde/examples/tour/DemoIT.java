// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One run of the real thing: the agent's jar, the shop's jars, a real Zipkin. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {

  private static DemoRun demo;

  @BeforeAll
  static void startsTheShopAndShowsTheTour() throws IOException {
    demo = DemoRun.start();
  }

  @AfterAll
  static void endWhateverIsLeft() {
    demo.close();
  }

  @Test
  void agentsReportNoProblem() {
    assertThat(demo.output().lines().filter(line -> line.contains("[sonde]")))
        .hasSize(3)
        .allMatch(line -> line.contains(" observes "));
  }

  @Test
  void traceLeadsThroughAllThreeServices() {
    String page = demo.find("(http://\\S+/zipkin/traces/[0-9a-f]{32})");
    JsonNode trace = Http.get(page.replace("/zipkin/traces/", "/api/v2/trace/")).json();

    assertThat(way(trace, null))
        .containsExactly(
            "gateway SERVER", "gateway CLIENT", "orders SERVER", "orders CLIENT", "stock SERVER");
    assertThat(demo.output()).contains("└─ stock: get /stock/");
  }

  /** From a root to its end; each span has one child in this shop. */
  private static List<String> way(JsonNode trace, String parent) {
    List<String> way = new ArrayList<>();
    for (JsonNode span : trace) {
      String itsParent = span.hasNonNull("parentId") ? span.get("parentId").asText() : null;
      if (parent == null ? itsParent == null : parent.equals(itsParent)) {
        way.add(
            span.path("localEndpoint").path("serviceName").asText()
                + " "
                + span.path("kind").asText());
        way.addAll(way(trace, span.path("id").asText()));
      }
    }
    return way;
  }

  @Test
  void metricsComeFromAllThreeServices() {
    assertThat(demo.output())
        .containsPattern(
            "sonde\\.gateway\\.demo\\.http\\.server\\.orders-_id_\\.GET\\.2xx\\.count +c")
        .containsPattern(
            "sonde\\.orders\\.demo\\.http\\.server\\.orders-_id_\\.GET\\.2xx\\.time +ms")
        .containsPattern("sonde\\.stock\\.demo\\.http\\.server\\.\\S+\\.GET\\.2xx\\.count +c")
        .containsPattern("sonde\\.stock\\.demo\\.pool\\.shelf\\.max +g +4");
  }

  @Test
  void healthShowsThePool() {
    JsonNode health = Http.get(demo.find("stock +(http://\\S+/health)\n")).json();

    JsonNode pool = health.path("checks").path("shelf:connections").path(0);
    assertThat(pool.path("max").asInt()).isEqualTo(4);
    assertThat(pool.path("status").asText()).isEqualTo("pass");
    assertThat(demo.output()).contains("shelf:connections");
  }

  @Test
  void errorHasItsHandlerAndStackTrace() {
    assertThat(demo.output())
        .containsPattern("\"labels.handler\": \".*OrderController")
        .contains("\"error.stack_trace\": \"java.net.SocketTimeoutException: Read timed out")
        .contains("at io.sonde.examples.orders.OrderController.charge(OrderController.java:");
  }

  @Test
  void idsAreInTheShippedLineAndInTheApplicationsOwn() {
    String traceId = demo.find("/zipkin/traces/([0-9a-f]{32})");

    assertThat(demo.output())
        .contains("\"trace.id\": \"" + traceId + "\"")
        .contains("[" + traceId + "] OrderController: order 42: one compass");
  }

  @Test
  void ledgerCountsWhatZipkinHasTaken() {
    assertThat(demo.find("gateway +spans to zipkin +up +(\\d+)")).isNotEqualTo("0");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void ctrlCLeavesNoProcessBehind() throws InterruptedException {
    List<ProcessHandle> children = demo.children();
    assertThat(children).hasSize(4);

    demo.stop();

    assertThat(children).noneMatch(ProcessHandle::isAlive);
  }
}
