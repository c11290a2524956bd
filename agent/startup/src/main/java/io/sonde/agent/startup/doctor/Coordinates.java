// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.util.Properties;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a jar says it is: {@code group:artifact:version}, as far as it is known. Immutable. */
final class Coordinates {

  /**
   * {@code tomcat-embed-core-9.0.83.jar}; of {@code x-1.0-shaded.jar} the version is 1.0-shaded.
   */
  private static final Pattern FILE =
      Pattern.compile("(.+?)-v?(\\d[\\w.+-]*)\\.(?:jar|war|ear|rar)", Pattern.CASE_INSENSITIVE);

  final @Nullable String group;
  final String artifact;
  final @Nullable String version;

  Coordinates(@Nullable String group, String artifact, @Nullable String version) {
    this.group = group == null ? null : Text.clean(group);
    this.artifact = Text.clean(artifact);
    this.version = version == null ? null : Text.clean(version);
  }

  /** Of a {@code pom.properties}; null when it is none. */
  static @Nullable Coordinates of(Properties pom) {
    String artifact = pom.getProperty("artifactId");
    return artifact == null
        ? null
        : new Coordinates(pom.getProperty("groupId"), artifact, pom.getProperty("version"));
  }

  /** What the file's name says; without a version when it has none. */
  static Coordinates ofFile(String name) {
    Matcher parts = FILE.matcher(name);
    return parts.matches()
        ? new Coordinates(null, parts.group(1), parts.group(2))
        : new Coordinates(null, name.replaceFirst("(?i)\\.(jar|war|ear|rar)$", ""), null);
  }

  /** Of a manifest; null when it does not tell a version. */
  static @Nullable Coordinates of(Attributes manifest, String file) {
    String version = first(manifest, "Implementation-Version", "Bundle-Version");
    if (version == null) {
      return null;
    }
    String name = first(manifest, "Bundle-SymbolicName", "Automatic-Module-Name");
    String artifact = ofFile(file).artifact;
    return new Coordinates(null, name == null || artifact.length() > 2 ? artifact : name, version);
  }

  private static @Nullable String first(Attributes manifest, String... names) {
    for (String name : names) {
      String value = manifest.getValue(name);
      if (value != null && !value.trim().isEmpty()) {
        return value.trim().replaceFirst(";.*", "");
      }
    }
    return null;
  }

  /** Whether a file of this name holds it, rather than a copy of it. */
  boolean isNamed(String file) {
    return file.startsWith(artifact + "-" + version) || file.equals(artifact + ".jar");
  }

  @Override
  public String toString() {
    return (group == null ? "" : group + ":") + artifact + (version == null ? "" : " " + version);
  }
}
