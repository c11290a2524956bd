// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerdictsTest {

  private static final String TABLE =
      "# library\tartifact\tversion\tjdk\tverdict\treason\n"
          + "pool\torg.x:pool\t2.3\t8\tfails\tno getConnection\n"
          + "pool\torg.x:pool\t2.4\t8\tpasses\t\n"
          + "pool\torg.x:pool\t2.4\t17\tpasses\t\n"
          + "pool\torg.x:pool\t2.10.Final\t17\tpasses\t\n"
          + "pool-3\torg.x:pool\t3.0\t17\tpasses\t\n"
          + "jdk\tjdk\tjdk\t8\tpasses\t\n";

  private Verdicts verdicts;

  @BeforeEach
  void read() throws IOException {
    verdicts = new Verdicts(new BufferedReader(new StringReader(TABLE)));
  }

  @Test
  void oneThatWasRunIsVerifiedAsItIs() {
    assertThat(of("2.4").text).isEqualTo("verified on 8, 17");
    assertThat(of("2.4").doubt).isNull();
    assertThat(of("2.10").text).isEqualTo("verified on 17");
  }

  @Test
  void oneThatFailsIsTold() {
    assertThat(of("2.3").text).isEqualTo("does not work on 8: no getConnection");
    assertThat(of("2.3").doubt).isEqualTo(of("2.3").text);
  }

  @Test
  void oneBetweenTwoThatPassIsAsGood() {
    assertThat(of("2.9.1").text).isEqualTo("between 2.4 and 2.10.Final, both verified");
    assertThat(of("2.9.1").doubt).isNull();
  }

  @Test
  void oneBesideAFailureIsDoubtful() {
    assertThat(of("2.3.9").text).isEqualTo("between 2.3 (does not work) and 2.4");
    assertThat(of("2.3.9").doubt).isNotNull();
  }

  @Test
  void anEarlyOneComesBeforeItsRelease() {
    assertThat(of("3.0-rc1").text)
        .isEqualTo("between 2.10.Final and 3.0, both verified, of different lines");
    assertThat(of("3.0-RC1").text).startsWith("between");
  }

  @Test
  void whatIsOlderOrNewerThanAllIsDoubtful() {
    assertThat(of("1.9").doubt).isEqualTo("older than the oldest verified, 2.3");
    assertThat(of("4.0").doubt).isEqualTo("newer than the newest verified, 3.0");
    assertThat(of("3.1").text).isEqualTo("newer than the newest verified, 3.0");
    assertThat(of("3.1").doubt).as("of the same major version").isNull();
  }

  @Test
  void nothingIsSaidOfOthers() {
    assertThat(verdicts.of(new Coordinates("org.y", "pool", "2.4"))).isNull();
    assertThat(verdicts.of(new Coordinates("org.x", "puddle", "2.4"))).isNull();
    assertThat(verdicts.of(new Coordinates("org.x", "pool", null))).isNull();
    assertThat(verdicts.of(new Coordinates(null, "pool", "2.4"))).isNotNull();
  }

  @Test
  void thisBuildBringsThoseOfTheMatrix() {
    Verdicts all = Verdicts.ofThisBuild();

    assertThat(all.of(new Coordinates("com.zaxxer", "HikariCP", "2.3.13")).doubt)
        .contains("com.zaxxer.hikari.pool.HikariPool");
    assertThat(all.of(new Coordinates(null, "catalina", "9.0.1")).text)
        .isEqualTo("verified on 8, 11, 17, 21, 25");
  }

  private Verdicts.Verdict of(String version) {
    return verdicts.of(new Coordinates("org.x", "pool", version));
  }
}
