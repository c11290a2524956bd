// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sonde never observes itself: the group is the mark that every advice asks for. */
class ThreadsIT {

  private record Line(String name, String group, boolean daemon) {

    static Line parse(String line) {
      String[] parts = line.split("\t");
      return new Line(parts[0], parts[1], Boolean.parseBoolean(parts[2]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 21})
  void everyThreadOfOursIsMarkedAndADaemon(int version) {
    Set<String> without = threadsWithoutAgent(version);
    try (ObservedService shop =
        ObservedService.start(
            Apps.plain(Jdk.of(version)),
            "logs.file=target/threads-it.json",
            "logs.stdout=true",
            "zipkin.endpoint=http://127.0.0.1:1/api/v2/spans")) {
      shop.get("/hello");
      shop.awaitAccess("/hello");

      List<Line> threads = shop.get("/threads").body().lines().map(Line::parse).toList();
      List<Line> marked = threads.stream().filter(line -> line.group().equals("sonde")).toList();

      assertThat(marked).hasSizeGreaterThan(5).allMatch(Line::daemon);
      assertThat(marked).allMatch(line -> line.name().startsWith("sonde-"));
      assertThat(threads.stream().filter(line -> !line.group().equals("sonde")).map(Line::name))
          .as("without the agent: " + without)
          .allMatch(name -> without.contains(kind(name)));
    }
  }

  private static Set<String> threadsWithoutAgent(int version) {
    try (AgentProcess app = Apps.plain(Jdk.of(version)).noAgent().start()) {
      String line = app.awaitStdout("listening on", ObservedService.LIMIT);
      String url = "http://127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1);
      Http.get(url + "/hello");
      Set<String> names =
          Http.get(url + "/threads")
              .body()
              .lines()
              .map(Line::parse)
              .map(Line::name)
              .map(ThreadsIT::kind)
              .collect(Collectors.toCollection(TreeSet::new));
      // Compiler threads come and go, and the JVM has threads for what agents are told.
      Stream.of("C# CompilerThread#", "Service Thread", "Notification Thread").forEach(names::add);
      return names;
    }
  }

  /** {@code pool-1-thread-3} is {@code pool-#-thread-#}. */
  private static String kind(String name) {
    return name.replaceAll("\\d+", "#");
  }
}
