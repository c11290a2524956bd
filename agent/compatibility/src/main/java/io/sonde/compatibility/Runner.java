// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import io.sonde.testkit.Jdk;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Runs trials: {@link #prepare} first, then {@link #run} from any thread. */
final class Runner implements AutoCloseable {

  private final ClassPaths classPaths = new ClassPaths(Places.target().resolve("resolved"));
  private final ScenarioCompiler compiler =
      new ScenarioCompiler(
          Places.module().resolve("src/scenarios"), Places.target().resolve("scenarios"));
  private final Map<String, Path> compiled = new HashMap<>();
  private final Backends backends = new Backends();

  /**
   * Resolves and compiles what these need. Returns why some cannot be run here, a line each (any
   * thread may add): no verdict on the library.
   */
  Set<String> prepare(List<Trial> trials) {
    Set<String> missing = new ConcurrentSkipListSet<>();
    classPaths.resolve(trials.stream().map(Trial::coordinates).toList());
    for (Trial trial : trials) {
      Jdk jdk = Jdk.of(trial.jdk());
      if (!jdk.isPresent()) {
        missing.add(jdk + ": run .ci/install");
      }
      if (classPaths.of(trial.coordinates()).isEmpty()) {
        missing.add(trial.coordinates() + ": Maven does not find it, see " + classPaths.log());
      } else {
        compile(trial, missing);
      }
    }
    return missing;
  }

  /** It is prepared, and so it resolved and compiled. */
  boolean canRun(Trial trial) {
    return compiled.containsKey(key(trial));
  }

  /** Tried twice before it is said to fail: the machine may have been busy. Both times are told. */
  Verdict run(Trial trial) {
    Verdict first = once(trial);
    return first.passes() ? first : once(trial);
  }

  @Override
  public void close() {
    backends.close();
  }

  private Verdict once(Trial trial) {
    try {
      trial.run(
          classPaths.of(trial.coordinates()).orElseThrow(),
          compiled.get(key(trial)),
          backends.port(trial.library().kind()));
      return trial.verdict("");
    } catch (BrokenPromise e) {
      System.err.println(trial + ": " + e.getMessage());
      return trial.verdict(e.promise());
    }
  }

  private void compile(Trial trial, Set<String> missing) {
    String key = key(trial);
    if (compiled.containsKey(key)) {
      return;
    }
    try {
      List<String> jars = classPaths.of(trial.coordinates()).orElseThrow();
      compiled.put(key, compiler.compile(trial.library(), trial.version(), jars));
    } catch (AssertionError e) {
      missing.add(key + ": " + e.getMessage());
    }
  }

  private static String key(Trial trial) {
    return trial.library().name() + " " + trial.version().text();
  }
}
