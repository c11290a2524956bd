// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** JMH's results as Markdown: {@code | ServerExchange.exchange headers=b3 | 412 ± 9 | 336 |}. */
final class JmhTable {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private JmhTable() {}

  static String of(Collection<RunResult> results) {
    StringBuilder table =
        new StringBuilder(
            "| benchmark | ns per operation | bytes per operation |\n|---|--:|--:|\n");
    for (RunResult result : results) {
      table.append(row(result)).append('\n');
    }
    return table.toString();
  }

  private static String row(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
    return String.format(
        Locale.ROOT,
        "| %s | %.1f ± %.1f | %s |",
        name(result.getParams()),
        time.getScore(),
        time.getScoreError(),
        bytes == null ? "?" : String.format(Locale.ROOT, "%.0f", bytes.getScore()));
  }

  private static String name(BenchmarkParams params) {
    String[] parts = params.getBenchmark().split("\\.");
    String method = parts[parts.length - 1];
    String type = parts[parts.length - 2].replace("Benchmark", "");
    String values =
        params.getParamsKeys().stream()
            .map(key -> " " + key + "=" + params.getParam(key))
            .collect(Collectors.joining());
    String threads = params.getThreads() == 1 ? "" : " threads=" + params.getThreads();
    return type + '.' + method + values + threads;
  }
}
