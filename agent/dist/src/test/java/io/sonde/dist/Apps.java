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

  /** Many run side by side on a small machine. */
  private static final String[] SMALL = {"-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

  private Apps() {}

  /** A file that the build made for an application. */
  static Path file(String path) {
    return FOLDER.resolve(path).toAbsolutePath();
  }

  static AgentProcess.Launch plain(Jdk jdk, String... arguments) {
    return launch(jdk, "plain").main("com.example.PlainService", arguments);
  }

  static AgentProcess.Launch lost(Jdk jdk) {
    return launch(jdk, "lost").main("com.example.LostService");
  }

  /**
   * @param libraries folders of libraries beside its own
   */
  static AgentProcess.Launch tomcat(Jdk jdk, Path baseFolder, String... libraries) {
    return launch(jdk, "tomcat", libraries)
        .main("com.example.TomcatService", baseFolder.toString());
  }

  /** The same service in an embedded Tomcat 10.1, with {@code jakarta}. Java 11. */
  static AgentProcess.Launch tomcat10(Jdk jdk, Path baseFolder) {
    return launch(jdk, "tomcat10").main("com.example.TomcatService", baseFolder.toString());
  }

  /**
   * @param boot 2 for 2.7, 3 for 3.5
   */
  static AgentProcess.Launch springBoot(Jdk jdk, int boot) {
    String name = "spring-boot" + boot;
    return AgentProcess.on(jdk)
        .jvm(SMALL)
        .jar(Path.of(name, "target", name + ".jar").toAbsolutePath());
  }

  static AgentProcess.Launch pool(Jdk jdk, String jdbcUrl) {
    return launch(jdk, "pool").main("com.example.PoolService", jdbcUrl);
  }

  static AgentProcess.Launch pools(Jdk jdk, String jdbcUrl) {
    return launch(jdk, "pools").main("com.example.PoolsService", jdbcUrl);
  }

  static AgentProcess.Launch stores(Jdk jdk, int redisPort) {
    return launch(jdk, "stores").main("com.example.StoresService", String.valueOf(redisPort));
  }

  static AgentProcess.Launch secrets(Jdk jdk, String jdbcUrl, Path messages) {
    return launch(jdk, "secrets").main("com.example.SecretsService", jdbcUrl, messages.toString());
  }

  static AgentProcess.Launch checks(Jdk jdk) {
    return launch(jdk, "checks").main("com.example.CheckedService");
  }

  static AgentProcess.Launch launch(Jdk jdk, String name, String... libraries) {
    StringBuilder classpath = new StringBuilder(file(name + "/classes").toString());
    append(classpath, name);
    for (String more : libraries) {
      append(classpath, more);
    }
    return AgentProcess.on(jdk).classpath(classpath.toString()).jvm(SMALL);
  }

  private static void append(StringBuilder classpath, String name) {
    classpath
        .append(File.pathSeparator)
        .append(file(name + "/lib"))
        .append(File.separator)
        .append('*');
  }
}
