// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static io.sonde.health.Status.FAIL;
import static io.sonde.health.Status.PASS;
import static io.sonde.health.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Load shapes against the real checks, with a clock of their own: one transition an episode,
 * noticed within 15 s, forgotten within 45 s after the cause is gone.
 */
class LoadReplayTest {

  private static final double DETECTED = 15;
  private static final double RECOVERED = 45;

  private final Replay replay = new Replay();

  @Test
  void aBurstIsSeenAndForgotten() {
    replay.load(50, 40).run(120);
    double cause = replay.seconds();
    replay.load(50, 1_800).run(60);
    double gone = replay.seconds();
    replay.load(50, 40).run(180);

    replay.responseTime().expect(WARN, cause, DETECTED).expect(PASS, gone, RECOVERED).noMore();
    replay.badRequests().noMore();
  }

  @Test
  void aBlipIsNone() {
    replay.load(50, 40).run(120);
    replay.load(50, 1_800).run(0.2);
    replay.load(50, 40).run(60);

    replay.responseTime().noMore();
  }

  @Test
  void aRampIsOneEpisode() {
    replay.load(20, 40).run(60);
    for (int step = 0; step <= 100; step++) {
      replay.load(20, 40 + step * 25).run(3);
      if (40 + step * 25 >= 1_000 && replay.cause() == 0) {
        replay.causeIsNow();
      }
    }
    for (int step = 100; step >= 0; step--) {
      replay.load(20, 40 + step * 25).run(3);
      if (40 + step * 25 < 700 && replay.gone() == 0) {
        replay.goneIsNow();
      }
    }
    replay.run(60);

    replay
        .responseTime()
        .expect(WARN, replay.cause(), DETECTED)
        .expect(PASS, replay.gone(), RECOVERED)
        .noMore();
  }

  @Test
  void anOscillationIsOneEpisode() {
    replay.load(50, 40).run(120);
    double cause = replay.seconds();
    for (int i = 0; i < 15; i++) {
      replay.load(50, 1_800).run(10);
      replay.load(50, 40).run(10);
    }
    double gone = replay.seconds() - 10;
    replay.load(50, 40).run(120);

    replay.responseTime().expect(WARN, cause, DETECTED).expect(PASS, gone, RECOVERED).noMore();
  }

  @Test
  void hoveringAroundTheThresholdIsOneEpisode() {
    replay.load(50, 40).run(60);
    for (int i = 0; i < 100; i++) {
      replay.load(50, i % 2 == 0 ? 1_100 : 900).run(5);
    }
    double gone = replay.seconds();
    replay.load(50, 40).run(120);

    replay.responseTime().expect(WARN, 60, 60).expect(PASS, gone, RECOVERED).noMore();
  }

  @Test
  void longOscillationIsHeldAtWarn() {
    replay.load(50, 40).run(60);
    for (int i = 0; i < 7; i++) {
      replay.load(50, 1_800).run(40);
      replay.load(50, 40).run(40);
    }

    assertThat(replay.responseTime().count()).isLessThanOrEqualTo(5);
    assertThat(replay.responseTime().last()).isEqualTo(WARN);
  }

  @Test
  void silenceAfterTroubleIsForgottenAsSoon() {
    replay.load(50, 1_800).run(60);
    double gone = replay.seconds();
    replay.load(0, 0).run(120);

    replay.responseTime().expect(WARN, 0, DETECTED).expect(PASS, gone, RECOVERED).noMore();
  }

  @Test
  void oneRequestASecondIsEnough() {
    replay.load(1, 40).run(120);
    double cause = replay.seconds();
    replay.load(1, 1_800).run(120);
    double gone = replay.seconds();
    replay.load(1, 40).run(120);

    replay.responseTime().expect(WARN, cause, DETECTED).expect(PASS, gone, RECOVERED).noMore();
  }

  @Test
  void tooFewRequestsSayNothing() {
    replay.load(0.2, 5_000).run(600);

    replay.responseTime().noMore();
  }

  @Test
  void serverErrorsAreSeenAndForgotten() {
    replay.load(50, 40).run(120);
    double cause = replay.seconds();
    replay.failing(0.2).run(60);
    double gone = replay.seconds();
    replay.failing(0).run(120);

    replay.badRequests().expect(WARN, cause, DETECTED).expect(PASS, gone, RECOVERED).noMore();
    replay.responseTime().noMore();
  }

  @Test
  void stuckHandlersAreNotSilence() {
    replay.load(50, 40).run(120);
    double cause = replay.seconds();
    replay.load(0, 0).stick(200).run(20);

    replay.connections().expect(WARN, cause, DETECTED).noMore();
    assertThat(replay.connections().output())
        .contains("200 requests in flight and none completes; the oldest, GET /stuck/{id}, is ");

    double gone = replay.seconds();
    replay.release().load(50, 40).run(60);

    replay.connections().expect(PASS, gone, RECOVERED).noMore();
    replay.responseTime().noMore();
  }

  @Test
  void slowRequestsThatStickAreNotForgottenInTheirSilence() {
    replay.load(50, 1_800).run(60);
    replay.load(0, 0).stick(5).run(90);

    replay.responseTime().expect(WARN, 0, DETECTED).noMore();
  }

  @Test
  void oneStuckRequestWarnsAfterHalfAMinute() {
    replay.stick(1).run(28);
    replay.connections().noMore();
    replay.run(10);

    replay.connections().expect(WARN, 30, 5).noMore();
  }

  @Test
  void allThreadsBusyAndNothingCompletedFails() {
    replay.load(50, 40).run(60);
    double cause = replay.seconds();
    replay.load(0, 0).threads(200, 200).stick(200).run(50);

    replay.connections().expect(WARN, cause, DETECTED).expect(FAIL, cause + 30, 5).noMore();
    assertThat(replay.connections().output()).contains("all 200 threads busy");
  }

  @Test
  void aPipelineThatLagsBehindSaysNothing() {
    replay.load(50, 40).run(60);
    replay.upToDate(false).load(0, 0).stick(200).run(60);

    replay.connections().noMore();
    replay.responseTime().noMore();
  }

  @Test
  void thresholdsMayChangeMeanwhile() {
    replay.load(50, 400).run(120);
    replay.responseTime().noMore();
    double cause = replay.seconds();
    replay.threshold("response-time.warn", 300).run(60);

    replay.responseTime().expect(WARN, cause, DETECTED).noMore();
    assertThat(replay.responseTime().output()).contains("warns from 300 ms on");
  }
}
