// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryMaskTest {

  private final QueryMask mask = new QueryMask(List.of("page", "Sort"));

  @ParameterizedTest
  @CsvSource({
    "token=s3cret, token=***",
    "page=2&token=s3cret&sort=name, page=2&token=***&sort=name",
    "PAGE=2&SORT=a, PAGE=2&SORT=a",
    "token=s=3=cret, token=***",
    "s3cret, ***",
    "page, page",
    "token=, token=***",
    "=s3cret, =***",
    "page=2&&x=1, page=2&&x=***",
    "token=s3cret&, token=***&",
    "page=2;token=s3cret;;x, page=2;token=***;;***",
    "page=2?token=s3cret, page=2?token=***",
    "http://me:s3cret@host/x?token=s3cret, ***?token=***",
    "me@host=s3cret&a[b]=1, ***=***&a[b]=***",
    "pa%67e=s3cret, pa%67e=***"
  })
  void showsValuesOfHarmlessKeysOnly(String query, String shown) {
    assertThat(mask.mask(query)).isEqualTo(shown);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(mask.mask(null)).isNull();
    assertThat(mask.mask("")).isNull();
  }

  @Test
  void cutsWhatIsVeryLong() {
    assertThat(mask.mask("a=1&".repeat(100_000))).hasSizeLessThanOrEqualTo(2_048);
    assertThat(mask.mask("k".repeat(1_000_000) + "=1")).hasSizeLessThanOrEqualTo(2_048);
    assertThat(mask.mask("page=" + "1".repeat(1_000_000))).hasSizeLessThanOrEqualTo(2_048);
  }
}
