// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class UnreadFailuresTest {

  private final UnreadFailures unread = new UnreadFailures();
  private final List<Unhandled> lost = new ArrayList<>();
  private final Object keeper = new Object();

  private UnreadFailures.Failure failed(Throwable thrown) {
    Unhandled item = new Unhandled(thrown, "future", "worker", 0, null);
    UnreadFailures.Failure failure = new UnreadFailures.Failure(item, 0);
    return unread.add(failure) ? failure : null;
  }

  private List<Throwable> lostAt(long nanos) {
    unread.sweep(nanos, false, lost::add);
    return lost.stream().map(item -> item.thrown).toList();
  }

  @Test
  void losesWhatNobodyHasReadForAMinute() {
    IllegalStateException thrown = new IllegalStateException();
    unread.kept(failed(thrown), keeper);

    assertThat(lostAt(UnreadFailures.PATIENCE_NANOS)).isEmpty();
    assertThat(lostAt(UnreadFailures.PATIENCE_NANOS + 1)).containsExactly(thrown);
    assertThat(lostAt(2 * UnreadFailures.PATIENCE_NANOS)).hasSize(1);
  }

  @Test
  void losesAtOnceWhatNobodyCanRead() {
    unread.kept(failed(new IllegalStateException()), new Object());

    for (int i = 0; i < 100 && lost.isEmpty(); i++) {
      System.gc();
      lostAt(1);
    }

    assertThat(lost).hasSize(1);
  }

  @Test
  void isSilentOnWhatWasSeenInAnyWrapping() {
    IllegalStateException thrown = new IllegalStateException();
    unread.kept(failed(new RuntimeException(thrown)), keeper);
    unread.kept(failed(thrown), keeper);

    unread.seen(new CompletionException(thrown));

    assertThat(lostAt(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void isSilentOnWhatIsSeenByItsKeeperOrNeverKept() {
    unread.kept(failed(new IllegalStateException()), keeper);
    unread.kept(failed(new IllegalStateException()), null);
    UnreadFailures.Failure beingMade = failed(new IllegalStateException());

    unread.seen(keeper);
    unread.kept(beingMade, new Object());

    assertThat(lostAt(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void losesAllAtTheEnd() {
    unread.kept(failed(new IllegalStateException()), keeper);

    unread.sweep(1, true, lost::add);

    assertThat(lost).hasSize(1);
  }

  @Test
  void dropsAndCountsWhenFull() {
    int kept = 0;
    for (int i = 0; i < 50_000; i++) {
      kept += failed(new IllegalStateException()) == null ? 0 : 1;
    }

    assertThat(kept).isEqualTo(UnreadFailures.SLOTS);
    assertThat(unread.overflow()).isEqualTo(50_000 - kept);
  }
}
