// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A block of {@code libraries.txt}, where each key is explained.
 *
 * @param scenarios the folders of its source
 * @param artifact {@code group:artifact}; empty: part of the JDK
 * @param replacements in the scenario's source
 */
record Library(
    String name,
    String title,
    Kind kind,
    List<String> scenarios,
    String artifact,
    List<String> applied,
    List<String> with,
    Map<String, String> replacements,
    int release,
    List<String> can,
    String thrown,
    String pool,
    List<String> jvm,
    String stderr,
    List<Version> versions) {

  /**
   * A version to verify.
   *
   * @param jdks those it runs on
   * @param cut the JDKs of the cut, among them
   */
  record Version(String text, List<Integer> jdks, List<Integer> cut, List<String> with) {}

  /** The same with one more flag for its JVM. */
  Library with(String flag) {
    List<String> flags = new ArrayList<>(jvm);
    flags.add(flag);
    return new Library(
        name,
        title,
        kind,
        scenarios,
        artifact,
        applied,
        with,
        replacements,
        release,
        can,
        thrown,
        pool,
        flags,
        stderr,
        versions);
  }

  boolean ofTheJdk() {
    return artifact.isEmpty();
  }

  boolean can(String what) {
    return can.contains(what);
  }

  /**
   * All that is to be resolved for one version, the library itself last: see {@link ClassPaths}.
   */
  List<String> coordinates(Version version) {
    List<String> all = new ArrayList<>(with);
    all.addAll(version.with());
    if (!ofTheJdk()) {
      all.add(artifact + ":" + version.text());
    }
    return all.stream().map(each -> each.replace(":*", ":" + version.text())).toList();
  }
}
