// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Jdk;
import java.io.File;
import java.nio.file.Path;

/** The applications of {@code src/apps}, built for Java 8. */
final class Apps {

  private static final Path FOLDER = Path.of(System.getProperty("sonde.apps", "target/apps"));

  private Apps() {}

  /** A file that the build made for an application. */
  static Path file(String path) {
    return FOLDER.resolve(path).toAbsolutePath();
  }

  static AgentProcess.Launch plain(Jdk jdk, String... arguments) {
    return launch(jdk, "plain").main("com.example.PlainService", arguments);
  }

  static AgentProcess.Launch tomcat(Jdk jdk, Path baseFolder) {
    return launch(jdk, "tomcat").main("com.example.TomcatService", baseFolder.toString());
  }

  static AgentProcess.Launch pool(Jdk jdk, String jdbcUrl) {
    return launch(jdk, "pool").main("com.example.PoolService", jdbcUrl);
  }

  static AgentProcess.Launch checks(Jdk jdk) {
    return launch(jdk, "checks").main("com.example.CheckedService");
  }

  static AgentProcess.Launch launch(Jdk jdk, String name) {
    return AgentProcess.on(jdk)
        .classpath(
            file(name + "/classes")
                + File.pathSeparator
                + file(name + "/lib")
                + File.separator
                + "*")
        // Many run side by side on a small machine.
        .jvm("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }
}
