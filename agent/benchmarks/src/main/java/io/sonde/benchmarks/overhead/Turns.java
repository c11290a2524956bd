// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * All variants at the same time on the same core, each asked in its turn while the others have
 * nothing to do, and their order alternates. A machine that others use is slower for minutes, which
 * is longer than a turn and shorter than a round: between two rounds it made the same variant
 * differ by a half. For what is told of a path, and for idleness; a turn counts as a pair does.
 *
 * <p>Idle they all are at once, after the last turn, for {@link Options#restMinutes} before it is
 * measured: what a service that nobody asks executes every few seconds is interpreted, then
 * compiled, for its first half hour.
 */
final class Turns {

  /** One variant, running. */
  private static final class Contestant implements Closeable {
    final Variant variant;
    final int healthPort = ServiceJvm.freePort();
    final Sink sink = new Sink();
    final ServiceJvm jvm;

    Contestant(Options options, Results results, Variant variant)
        throws IOException, InterruptedException {
      this.variant = variant;
      Round round = new Round(options, results, 0, variant);
      this.jvm = ServiceJvm.spring(round.arguments(sink, healthPort));
      round.warmUp(jvm);
    }

    @Override
    public void close() throws IOException {
      jvm.close();
      sink.close();
    }
  }

  private final Options options;
  private final Results results;
  private final List<Contestant> contestants = new ArrayList<>();

  Turns(Options options, Results results) {
    this.options = options;
    this.results = results;
  }

  void run() throws IOException, InterruptedException {
    try {
      for (Variant variant : options.variants()) {
        System.err.println(variant.title + " …");
        contestants.add(new Contestant(options, results, variant));
      }
      for (int turn = 1; turn <= options.turns(); turn++) {
        System.err.printf("turn %d of %d%n", turn, options.turns());
        turn(turn);
      }
      if (options.asksFor(Row.IDLE)) {
        idle();
      }
      for (Contestant contestant : contestants) {
        if (contestant.variant == Variant.SONDE) {
          new Round(options, results, options.turns(), contestant.variant)
              .compareWithLedger(contestant.sink, contestant.healthPort);
        }
      }
    } finally {
      for (Contestant contestant : contestants) {
        contestant.close();
      }
    }
  }

  private void idle() throws IOException, InterruptedException {
    for (int minute = 0; minute < options.restMinutes(); minute++) {
      System.err.printf("idle, %d of %d minutes%n", minute, options.restMinutes());
      Thread.sleep(TimeUnit.MINUTES.toMillis(1));
    }
    for (int turn = 1; turn <= options.turns(); turn++) {
      System.err.printf("idle, turn %d of %d%n", turn, options.turns());
      List<Round.Idleness> started = new ArrayList<>();
      for (Contestant contestant : contestants) {
        Round round = new Round(options, results, turn, contestant.variant);
        started.add(round.idleness(contestant.jvm));
      }
      Thread.sleep(options.idleMillis());
      for (Round.Idleness idleness : started) {
        idleness.end();
      }
    }
  }

  private void turn(int turn) throws IOException, InterruptedException {
    List<Contestant> order = new ArrayList<>(contestants);
    if (turn % 2 == 0) {
      Collections.reverse(order);
    }
    List<Round> rounds = new ArrayList<>();
    for (Contestant contestant : order) {
      rounds.add(new Round(options, results, turn, contestant.variant));
    }
    for (Round.Asked path : rounds.get(0).asked()) {
      for (int i = 0; i < order.size(); i++) {
        rounds.get(i).measure(path, order.get(i).jvm, order.get(i).sink);
      }
    }
    rounds.forEach(Round::delivered);
  }
}
