// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Sonde's own version, written by the build. */
final class Version {

  private static final String RESOURCE = "io/sonde/agent/startup/version.properties";

  private Version() {}

  static String text() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // Unreadable is unknown.
    }
    return properties.getProperty("version", "unknown");
  }
}
