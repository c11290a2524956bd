// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a line of a panel asks, in words that no store is named in. All are of the services and
 * instances that the dashboard's variables {@code service} and {@code instance} choose.
 */
public sealed interface Question {

  /** The labels that tell its series apart; empty: it is one series. */
  List<String> by();

  /** The one that tells which labels its series have. */
  Select select();

  /**
   * The series of one metric.
   *
   * @param where label to the values that count; a value may be a variable, {@code $route}, and
   *     means what is chosen there, all included
   * @param by one series for each combination of these labels' values ({@code service} and {@code
   *     instance} are labels, too)
   */
  record Select(Metric metric, Stat stat, Map<String, List<String>> where, List<String> by)
      implements Question {

    @Override
    public Select select() {
      return this;
    }

    static Select of(Metric metric, Stat stat) {
      return new Select(metric, stat, Map.of(), List.of());
    }

    Select where(String label, String... values) {
      Map<String, List<String>> more = new LinkedHashMap<>(where);
      more.put(label, List.of(values));
      return new Select(metric, stat, more, by);
    }

    Select by(String... labels) {
      List<String> more = new ArrayList<>(by);
      more.addAll(List.of(labels));
      return new Select(metric, stat, where, more);
    }
  }

  /** 100 times the part by the whole. Both are told apart by the same labels. */
  record Percent(Select part, Select whole) implements Question {

    public Percent {
      if (!part.by().equals(whole.by())) {
        throw new IllegalArgumentException(part.by() + " is not " + whole.by());
      }
    }

    @Override
    public Select select() {
      return whole;
    }

    @Override
    public List<String> by() {
      return part.by();
    }
  }

  /**
   * Application Performance Index, 0 to 1: those within {@link #SATISFIED_MILLIS} count one, those
   * within {@link #TOLERATED_MILLIS} half, of all.
   *
   * @param timer stat does not matter
   */
  record Apdex(Select timer) implements Question {

    public static final int SATISFIED_MILLIS = 500;
    public static final int TOLERATED_MILLIS = 2_000;

    @Override
    public Select select() {
      return timer;
    }

    @Override
    public List<String> by() {
      return timer.by();
    }
  }

  /** Those of a question's series whose value is the highest in the time shown. */
  record Top(int count, Question of) implements Question {
    @Override
    public Select select() {
      return of.select();
    }

    @Override
    public List<String> by() {
      return of.by();
    }
  }

  /**
   * 1 for each instance that has told this gauge in the last quarter of an hour, but not in the
   * last two minutes; 0 for the others. One that is gone for longer is no series any more.
   */
  record Gone(Select gauge) implements Question {
    @Override
    public Select select() {
      return gauge;
    }

    @Override
    public List<String> by() {
      return gauge.by();
    }
  }
}
