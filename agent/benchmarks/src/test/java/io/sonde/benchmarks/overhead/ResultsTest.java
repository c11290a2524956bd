// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private final Results results = new Results();
  private Options options;

  @BeforeEach
  void allVariants() {
    options = Options.parse();
  }

  @Test
  void comparesWithinARound() {
    add(1, Row.CPU_HELLO, 100, 104);
    add(2, Row.CPU_HELLO, 300, 305);
    add(3, Row.CPU_HELLO, 200, 203);

    assertThat(results.added(Row.CPU_HELLO, Variant.SONDE)).hasValue(new Estimate(4, 3, 5, 3));
  }

  @Test
  void leavesOutRoundsThatOneSideDidNotFinish() {
    add(1, Row.START, 1_000, 1_300);
    results.add(2, Variant.NONE, Row.START, 9_000);
    results.add(3, Variant.SONDE, Row.START, 1);
    add(4, Row.START, 1_000, 1_200);

    assertThat(results.added(Row.START, Variant.SONDE)).hasValue(new Estimate(250, 200, 300, 2));
  }

  @Test
  void printsMedianIntervalGoalAndVerdict() {
    for (int round = 1; round <= 6; round++) {
      add(round, Row.BYTES_HELLO, 11_000, 11_400 + round);
      results.add(round, Variant.OTEL, Row.BYTES_HELLO, 18_000);
      results.add(round, Variant.SONDE, Row.DELIVERED, 99.95);
    }

    assertThat(new MarkdownTable(results, options).render())
        .isEqualTo(
            """
            | | none | Sonde | OpenTelemetry | Sonde's goal | verdict |
            |---|--:|--:|--:|--:|---|
            | bytes per /hello | 11,000 | +404 (+401 to +406) | +7,000 | ≤ 500 | met |
            | spans delivered, % | – | 99.95 | – | ≥ 99.90 | met |
            """);
  }

  @Test
  void judgesByTheGoal() {
    assertThat(verdict(4, 5, 6)).isEqualTo("met");
    assertThat(verdict(5, 7, 9)).isEqualTo("within twice");
    assertThat(verdict(11, 13, 14)).isEqualTo("missed");
  }

  @Test
  void doesNotJudgeWhatMayBeNothingOrTooMuch() {
    assertThat(verdict(-9, 2, 9)).isEqualTo("noise");
    assertThat(verdict(-9, 2, 5)).isEqualTo("met");
  }

  @Test
  void doubtsVerdictsOfFewRounds() {
    assertThat(Goal.atMost(6).verdict(new Estimate(5, 4, 6, 5))).isEqualTo("met?");
  }

  @Test
  void oneLostSpanMissesTheLedger() {
    assertThat(Goal.exactly(0).verdict(new Estimate(0, -1, 0, 10))).isEqualTo("missed");
  }

  @Test
  void setsNoGoalForCpuAtARate() {
    options = Options.parse("--rate", "1000", "--variants", "none,sonde");
    add(1, Row.CPU_HELLO, 150, 160);

    assertThat(new MarkdownTable(results, options).render())
        .contains("| CPU per /hello, µs at 1000/s | 150.0 | +10.0 | – | – |");
  }

  @Test
  void keepsEveryNumber() {
    results.add(1, Variant.NONE, Row.CPU_HELLO, 100.25);
    results.note(1, Variant.NONE, "requests of /hello", 20_000);

    assertThat(results.csv())
        .isEqualTo(
            """
            round,variant,what,value
            1,none,"CPU per /hello, µs",100.250
            1,none,"requests of /hello",20000.000
            """);
  }

  private void add(int round, Row row, double none, double sonde) {
    results.add(round, Variant.NONE, row, none);
    results.add(round, Variant.SONDE, row, sonde);
  }

  private static String verdict(double low, double median, double high) {
    return Goal.atMost(6).verdict(new Estimate(median, low, high, 10));
  }
}
