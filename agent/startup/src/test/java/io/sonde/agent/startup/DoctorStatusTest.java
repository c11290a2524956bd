// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.Weaver;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Lifecycle;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.Propagation;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.startup.doctor.Report;
import io.sonde.health.Health;
import io.sonde.health.server.HealthServer;
import io.sonde.health.server.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.Test;

/** A real status page, asked over a real socket. */
class DoctorStatusTest {

  static class Engine {
    void handle() {}
  }

  static final class HandleAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {}
  }

  private static final class EngineInstrumentation implements Instrumentation {

    private final String name;
    private final String method;

    EngineInstrumentation(String name, String method) {
      this.name = name;
      this.method = method;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<String> types() {
      return List.of(Engine.class.getName());
    }

    @Override
    public void weave(String type, Hooks hooks) {
      hooks.advise(named(method), HandleAdvice.class);
    }
  }

  private final Settings settings =
      Settings.load("health.port=0,console.token=t0ken", new Properties(), Map.of());

  @Test
  void tellsWhatWasWovenAndWhatWasLost() throws IOException {
    assertAllIsTold(ask(page -> page, settings));
  }

  /** Another version of Sonde may be in that JVM. */
  @Test
  void readsThePageInAnyOrder() throws IOException {
    assertAllIsTold(ask(DoctorStatusTest::reversed, settings));
  }

  @Test
  void saysWhoMaySeeMore() throws IOException {
    Settings without = Settings.load("health.port=0", new Properties(), Map.of());

    assertThat(sonde(ask(page -> page, without)))
        .hasSize(2)
        .anyMatch(line -> line.endsWith("/sonde/status asks for a token that is not known here"));
  }

  private static void assertAllIsTold(Report report) {
    String refused =
        String.format(
            "newer-engine: %s refused: no method of %<s matches name(equals(serve))",
            Engine.class.getName());
    assertThat(sonde(report).get(0)).matches("attached, http://127\\.0\\.0\\.1:\\d+/health");
    assertThat(sonde(report).subList(1, 6))
        .containsExactlyInAnyOrder(
            refused,
            "applied: engine",
            "spans to zipkin: up, 7 taken, none dropped",
            "logs to é: down, 5 taken, dropped full:1,refused 400:2",
            "items to pipeline: up, 0 taken, none dropped");
    assertThat(rows(report, "findings"))
        .extracting(row -> (String) ((Map<?, ?>) row).get("finding"))
        .containsExactly(refused, "logs to é: dropped full:1,refused 400:2");
  }

  private Report ask(UnaryOperator<Object> order, Settings known) throws IOException {
    StatusPage page = page();
    try (Health health = new Health();
        HealthServer server = new HealthServer(health, AgentThreads.factory("test"))) {
      server.handle(
          "/sonde/status",
          AccessToken.of(settings)
              .guard(request -> Response.json(200, order.apply(page.describe()))));
      int port = server.bind("127.0.0.1", 0, true).port().getAsInt();

      Report report = new Report("test");
      DoctorStatus.ask(Set.of(port), known, report);
      return report;
    }
  }

  private StatusPage page() throws IOException {
    Ledger ledger = new Ledger();
    Ledger.Account spans = ledger.account("spans", "zipkin");
    spans.state("up");
    spans.taken(7);
    Ledger.Account logs = ledger.account("logs", "é");
    logs.state("down");
    logs.taken(5);
    logs.dropped("full", 1);
    logs.dropped("refused 400", 2);
    Pipeline pipeline = new Pipeline(ledger);
    Propagation propagation =
        new Propagation(List.of("b3"), List.of("b3"), List.of(), "X-Request-ID", true, true);
    Recorder recorder =
        new Recorder(propagation, 1, 1_000, pipeline, new PoolTable(kind -> null), Lifecycle.NONE);
    Registrations none = new Registrations(settings, Map.of(), new Health(), () -> 0);
    return new StatusPage(settings, ledger, weaver(), recorder, pipeline, none, 0, 0);
  }

  private static Weaver weaver() throws IOException {
    ClassLoader library = DoctorStatusTest.class.getClassLoader();
    String name = Engine.class.getName().replace('.', '/');
    Weaver weaver =
        new Weaver(
            List.of(
                new EngineInstrumentation("engine", "handle"),
                new EngineInstrumentation("newer-engine", "serve")),
            new ClassLoader(library) {},
            weave -> {});
    try (InputStream in = library.getResourceAsStream(name + ".class")) {
      weaver.transform(library, name, null, null, in.readAllBytes());
    }
    return weaver;
  }

  private static Object reversed(Object value) {
    if (value instanceof List) {
      List<Object> all = new ArrayList<>();
      ((List<?>) value).forEach(row -> all.add(reversed(row)));
      return all;
    }
    if (!(value instanceof Map) || value instanceof TreeMap) {
      return value;
    }
    List<Map.Entry<?, ?>> entries = new ArrayList<>(((Map<?, ?>) value).entrySet());
    Collections.reverse(entries);
    Map<Object, Object> all = new LinkedHashMap<>();
    entries.forEach(entry -> all.put(entry.getKey(), reversed(entry.getValue())));
    return all;
  }

  private static List<String> sonde(Report report) {
    List<String> lines = new ArrayList<>();
    rows(report, "sonde").forEach(line -> lines.add((String) line));
    return lines;
  }

  private static List<?> rows(Report report, String section) {
    return (List<?>) report.describe().get(section);
  }
}
