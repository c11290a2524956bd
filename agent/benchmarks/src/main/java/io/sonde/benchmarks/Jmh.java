// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the JMH benchmarks with short settings and {@code -prof gc}: progress goes to stderr, a
 * Markdown table of ns and bytes per operation to stdout.
 *
 * <pre>java -jar benchmarks.jar [regular expression of names] [JMH's own options, e.g. -f 3 -i 10]
 * </pre>
 */
public final class Jmh {

  private Jmh() {}

  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    CommandLineOptions given = new CommandLineOptions(args);
    OptionsBuilder options = new OptionsBuilder();
    options.parent(given);
    options
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .addProfiler(GCProfiler.class)
        .forks(given.getForkCount().orElse(1))
        .warmupIterations(given.getWarmupIterations().orElse(3))
        .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
        .measurementIterations(given.getMeasurementIterations().orElse(5))
        .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)));
    Collection<RunResult> results =
        new Runner(
                options.build(),
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
            .run();
    System.out.print(JmhTable.of(results));
  }
}
