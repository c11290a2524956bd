// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

  @Test
  void medianIsTheMiddleOne() {
    assertThat(Estimate.of(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
  }

  @Test
  void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Estimate.of(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
  }

  @Test
  void outlierMovesNeitherMedianNorInterval() {
    Estimate estimate = Estimate.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 1e9));

    assertThat(estimate).isEqualTo(new Estimate(5.5, 2, 9, 10));
  }

  @Test
  void givesTheRangeOfTooFew() {
    Estimate estimate = Estimate.of(List.of(5.0, 1.0, 2.0, 3.0, 4.0));

    assertThat(estimate).isEqualTo(new Estimate(3, 1, 5, 5));
    assertThat(estimate.isInterval()).isFalse();
  }

  @Test
  void oneValueIsItsOwnRange() {
    assertThat(Estimate.of(List.of(5.0))).isEqualTo(new Estimate(5, 5, 5, 1));
  }

  @Test
  void refusesNoValues() {
    assertThatThrownBy(() -> Estimate.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  /** The places of the 95 % interval as tables of the sign test give them. */
  @ParameterizedTest
  @CsvSource({
    "6, 0", "8, 0", "9, 1", "10, 1", "11, 1", "12, 2", "15, 3", "20, 5", "30, 9", "40, 13"
  })
  void cutsWhatTheSignTestAllows(int count, int cut) {
    assertThat(Estimate.cutOnEachSide(count)).isEqualTo(cut);
    assertThat(Estimate.of(DoubleStream.iterate(0, i -> i + 1).limit(count).boxed().toList()).low())
        .isEqualTo(cut);
  }
}
