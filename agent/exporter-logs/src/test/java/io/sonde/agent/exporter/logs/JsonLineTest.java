// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.FinishedExchange;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.ServiceIdentity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The wire, field by field, as an index sees it. */
final class JsonLineTest {

  private static final Set<String> ALWAYS =
      Set.of(
          "@timestamp",
          "@version",
          "ecs.version",
          "log.level",
          "message",
          "log.logger",
          "process.thread.name",
          "process.pid",
          "host.name",
          "service.name",
          "service.version",
          "service.environment",
          "service.node.name",
          "data_stream.type",
          "data_stream.dataset",
          "data_stream.namespace",
          "event.dataset");

  private static final Set<String> IDS = Set.of("trace.id", "span.id", "http.request.id");

  @Test
  void tellsTimeServiceProcessAndIdsOnALogEvent() {
    Exchange exchange = FinishedExchange.server().get();

    JsonNode line = json(Line.of(Samples.log("sold out", null, Map.of(), exchange)));

    assertThat(Samples.names(line)).containsAll(ALWAYS).containsAll(IDS);
    assertThat(line.get("@timestamp").asText()).isEqualTo("2023-11-14T22:13:20.000Z");
    assertThat(line.get("@version").asText()).isEqualTo("1");
    assertThat(line.get("log.level").asText()).isEqualTo("WARN");
    assertThat(line.get("message").asText()).isEqualTo("sold out");
    assertThat(line.get("log.logger").asText()).isEqualTo("com.shop.Cart");
    assertThat(line.get("process.thread.name").asText()).isEqualTo("worker-1");
    assertThat(line.get("process.pid").isIntegralNumber()).isTrue();
    assertThat(line.get("process.pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(line.get("host.name").asText()).isEqualTo("node-a");
    assertThat(line.get("service.name").asText()).isEqualTo("shop");
    assertThat(line.get("service.version").asText()).isEqualTo("1.2.3");
    assertThat(line.get("service.environment").asText()).isEqualTo("Prod-EU");
    assertThat(line.get("service.node.name").asText()).isEqualTo("pod-7");
    assertThat(line.get("data_stream.type").asText()).isEqualTo("logs");
    assertThat(line.get("data_stream.dataset").asText()).isEqualTo("sonde.log");
    assertThat(line.get("data_stream.namespace").asText()).isEqualTo("prod_eu");
    assertThat(line.get("event.dataset").asText()).isEqualTo("sonde.log");
    assertThat(line.get("trace.id").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(line.get("span.id").asText()).isEqualTo("b7ad6b7169203331");
    assertThat(line.get("http.request.id").asText()).isEqualTo("req-1");
  }

  @Test
  void tellsARequestOnAnAccessEvent() {
    Exchange exchange =
        FinishedExchange.server()
            .request("GET", "/users/7", "page=2&token=s3cret")
            .from("192.0.2.17", "curl/8.0")
            .handler("UserController#find(long)")
            .get();

    JsonNode line = json(Line.of(exchange));

    assertThat(Samples.names(line)).containsAll(ALWAYS).containsAll(IDS);
    assertThat(line.get("message").asText()).isEqualTo("GET /users/7 200 12 ms");
    assertThat(line.get("log.level").asText()).isEqualTo("INFO");
    assertThat(line.get("event.dataset").asText()).isEqualTo("sonde.access");
    assertThat(line.get("event.category").asText()).isEqualTo("web");
    assertThat(line.get("event.outcome").asText()).isEqualTo("success");
    assertThat(line.get("event.duration").isIntegralNumber()).isTrue();
    assertThat(line.get("event.duration").asLong()).isEqualTo(12_000_000);
    assertThat(line.get("http.request.method").asText()).isEqualTo("GET");
    assertThat(line.get("http.response.status_code").isIntegralNumber()).isTrue();
    assertThat(line.get("http.response.status_code").asInt()).isEqualTo(200);
    assertThat(line.get("url.path").asText()).isEqualTo("/users/7");
    assertThat(line.get("url.query").asText()).isEqualTo("page=2&token=***");
    assertThat(line.get("source.ip").asText()).isEqualTo("192.0.2.0");
    assertThat(line.get("user_agent.original").asText()).isEqualTo("curl/8.0");
    assertThat(line.get("labels.route").asText()).isEqualTo("/users/{id}");
    assertThat(line.get("labels.handler").asText()).isEqualTo("UserController#find(long)");
    assertThat(line.get("process.thread.name").asText()).isEqualTo("http-1");
  }

  @Test
  void tellsGrpcsCode() {
    JsonNode line = json(Line.of(FinishedExchange.server().status(404).grpcCode(5).get()));

    assertThat(line.get("labels.grpc_status").asText()).isEqualTo("NOT_FOUND");
    assertThat(json(Line.of(FinishedExchange.server().get())).has("labels.grpc_status")).isFalse();
  }

  @Test
  void leavesTheStatusOutWhenTheConnectionWasDropped() {
    JsonNode line = json(Line.of(FinishedExchange.server().status(0).get()));

    assertThat(line.has("http.response.status_code")).isFalse();
    assertThat(line.get("event.outcome").asText()).isEqualTo("unknown");
    assertThat(line.get("message").asText()).isEqualTo("GET /users/7 - 12 ms");
  }

  @Test
  void callsClientErrorsServerErrorsAndExceptionsFailures() {
    Exchange thrown = FinishedExchange.server().status(0).thrown(new Error()).get();

    assertThat(outcome(FinishedExchange.server().status(302).get())).isEqualTo("success");
    assertThat(outcome(FinishedExchange.server().status(404).get())).isEqualTo("failure");
    assertThat(outcome(FinishedExchange.server().status(503).get())).isEqualTo("failure");
    assertThat(outcome(thrown)).isEqualTo("failure");
  }

  @Test
  void tellsHandlerRequestAndStackTraceOnAnError() {
    Throwable thrown = new IllegalStateException("outer", new IllegalArgumentException("root"));
    Exchange exchange =
        FinishedExchange.server()
            .request("POST", "/bang", "password=x")
            .status(500)
            .handler("BangController#bang()")
            .get();

    JsonNode line = json(Line.of(Samples.error(thrown, exchange)));

    assertThat(Samples.names(line)).containsAll(ALWAYS).containsAll(IDS);
    assertThat(line.get("@timestamp").asText()).isEqualTo("2023-11-14T22:13:20.007Z");
    assertThat(line.get("log.level").asText()).isEqualTo("ERROR");
    assertThat(line.get("event.dataset").asText()).isEqualTo("sonde.error");
    assertThat(line.get("message").asText())
        .isEqualTo("java.lang.IllegalArgumentException: root in POST /bang");
    assertThat(line.get("error.type").asText()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(line.get("error.message").asText()).isEqualTo("root");
    assertThat(line.get("labels.fingerprint").asText()).isEqualTo("cafe0123");
    assertThat(line.get("labels.seen_at").asText()).isEqualTo("handler");
    assertThat(line.get("labels.repeat_count").isIntegralNumber()).isTrue();
    assertThat(line.get("labels.repeat_count").asInt()).isEqualTo(3);
    assertThat(line.get("labels.handler").asText()).isEqualTo("BangController#bang()");
    assertThat(line.get("http.request.method").asText()).isEqualTo("POST");
    assertThat(line.get("http.response.status_code").asInt()).isEqualTo(500);
    assertThat(line.get("url.path").asText()).isEqualTo("/bang");
    assertThat(line.get("url.query").asText()).isEqualTo("password=***");
  }

  @Test
  void writesTheRootCauseFirstAndCommonFramesOnce() {
    Throwable thrown = new IllegalStateException("outer", root());

    String stack = json(Line.of(Samples.error(thrown, null))).get("error.stack_trace").asText();

    String here = "\tat " + getClass().getName();
    assertThat(stack).startsWith("java.lang.IllegalArgumentException: root\n" + here + ".root(");
    assertThat(stack).contains(" common frames omitted\nWrapped by: ");
    assertThat(stack).contains("Wrapped by: java.lang.IllegalStateException: outer\n" + here);
    assertThat(stack.split("at org.apache.maven.surefire.booter.ForkedBooter.main"))
        .as("frames below both, once each")
        .hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void foldsFramesInARowButForTheFirst() {
    Throwable thrown =
        frames(
            new Error("deep"),
            "org.junit.Runner",
            "org.junit.Runner",
            "org.junit.Runner",
            "com.shop.Cart",
            "org.junit.Runner",
            "com.shop.org.junit.Runner",
            "org.junit.Runner",
            "jdk.internal.Method",
            "java.lang.reflect.Method",
            "com.shop.Main",
            "org.junit.Runner",
            "org.junit.Runner");

    assertThat(stack(thrown).split("\n"))
        .containsExactly(
            "java.lang.Error: deep",
            "\tat org.junit.Runner.run(A.java:7)",
            "\t... 2 frames folded",
            "\tat com.shop.Cart.run(A.java:7)",
            "\tat org.junit.Runner.run(A.java:7)",
            "\tat com.shop.org.junit.Runner.run(A.java:7)",
            "\t... 3 frames folded",
            "\tat com.shop.Main.run(A.java:7)",
            "\t... 2 frames folded");
  }

  @Test
  void foldsFramesOfCausesAndOfWhatIsSuppressed() {
    Throwable root = frames(new Error("root"), path("Root"));
    Throwable thrown = frames(new Error("outer", root), "com.shop.Outer", "com.shop.Outer");
    Throwable suppressed = frames(new Error("page=3\nkey=hunter2"), path("Suppressed"));
    suppressed.addSuppressed(frames(new Error("below"), path("Below")));
    root.addSuppressed(suppressed);

    String stack = stack(thrown);

    assertThat(stack.split(" frames folded\n")).as("root and both suppressed").hasSize(4);
    assertThat(stack)
        .contains("\tat com.shop.A.run(A.java:7)\n\t... 2 frames folded\n\tat com.shop.Root.run")
        .contains("\tSuppressed: java.lang.Error: page=3\nkey=***\n\t\tat com.shop.A.run")
        .contains("\n\t\t... 2 frames folded\n")
        .contains("\n\t\t\t... 2 frames folded\n")
        .contains("Wrapped by: java.lang.Error: outer\n\tat com.shop.Outer.run")
        .doesNotContain("hunter2");
  }

  @Test
  void endsACircularCause() {
    Throwable first = frames(new Error("first"), path("First"));
    Throwable second = frames(new Error("second", first), path("Second"));
    first.initCause(second);
    second.addSuppressed(first);

    assertThat(stack(first))
        .containsOnlyOnce("java.lang.Error: second")
        .contains("Wrapped by: java.lang.Error: first\n\tat com.shop.A.run")
        .hasSizeLessThan(1_000);
  }

  private static String[] path(String below) {
    return new String[] {"com.shop.A", "org.junit.A", "org.junit.B", "com.shop." + below};
  }

  private static String stack(Throwable thrown) {
    return json(Line.of(Samples.error(thrown, null))).get("error.stack_trace").asText();
  }

  private static Throwable frames(Throwable thrown, String... types) {
    thrown.setStackTrace(
        Arrays.stream(types)
            .map(type -> new StackTraceElement(type, "run", "A.java", 7))
            .toArray(StackTraceElement[]::new));
    return thrown;
  }

  @Test
  void tellsAnErrorOutsideOfARequestWithoutHttpFields() {
    JsonNode line = json(Line.of(Samples.error(new Error("alone"), null)));

    assertThat(Samples.names(line)).noneMatch(n -> n.startsWith("http.") || n.startsWith("url."));
    assertThat(line.has("trace.id")).isFalse();
  }

  @Test
  void tellsWhatWasLoggedWithAThrowable() {
    JsonNode line = json(Line.of(Samples.log("oops", new Error("why"), Map.of(), null)));

    assertThat(line.get("error.type").asText()).isEqualTo("java.lang.Error");
    assertThat(line.get("error.message").asText()).isEqualTo("why");
    assertThat(line.get("error.stack_trace").asText()).startsWith("java.lang.Error: why\n");
  }

  @Test
  void secretsOfTheMdcAndOfExceptionsAreMasked() {
    Map<String, String> mdc = Map.of("userPassword", "hunter2", "user", "ann");
    Exception thrown =
        new IllegalStateException("page=3\nkey=hunter2", new Exception("pin=hunter2"));

    JsonNode line = json(Line.of(Samples.log("m", thrown, mdc, null)));

    assertThat(line.toString()).doesNotContain("hunter2");
    assertThat(line.get("labels.userPassword").asText()).isEqualTo("***");
    assertThat(line.get("labels.user").asText()).isEqualTo("ann");
    assertThat(line.get("error.message").asText()).isEqualTo("pin=***");
    assertThat(line.get("error.stack_trace").asText())
        .startsWith("java.lang.Exception: pin=***\n\t")
        .contains("IllegalStateException: page=3\nkey=***\n\t");
  }

  @Test
  void putsTheMdcUnderLabelsAsStrings() {
    Map<String, String> mdc = Map.of("tenant", "7", "error", "x", "url", "y", "user.id", "42");

    JsonNode line = json(Line.of(Samples.log("m", null, mdc, null)));

    assertThat(line.get("labels.tenant").isTextual()).isTrue();
    assertThat(line.get("labels.tenant").asText()).isEqualTo("7");
    assertThat(line.get("labels.error").asText()).isEqualTo("x");
    assertThat(line.get("labels.user_id").asText()).isEqualTo("42");
    assertThat(Samples.names(line)).doesNotContain("tenant", "error", "url", "labels.user.id");
  }

  @Test
  void writesANameOnceWhenTwoMdcKeysBecomeTheSame() {
    Map<String, String> mdc = Map.of("user.id", "1", "user_id", "2", "truncated", "no");

    JsonNode line = json(Line.of(Samples.log("m", null, mdc, null)));

    assertThat(line.get("labels.user_id").asText()).isIn("1", "2");
    assertThat(line.has("labels.truncated")).isFalse();
  }

  @Test
  void keepsTheTypesOfItsOwnNumbers() {
    Map<String, String> mdc = Map.of("repeat_count", "many", "sample.rate", "low");

    JsonNode line = json(Line.of(Samples.log("m", null, mdc, null)));

    assertThat(line.get("labels.repeat_count_").asText()).isEqualTo("many");
    assertThat(line.get("labels.sample_rate_").asText()).isEqualTo("low");
    assertThat(Samples.names(line)).doesNotContain("labels.repeat_count", "labels.sample_rate");
  }

  @Test
  void writesKeysThatAnIndexTakes() {
    Map<String, String> mdc =
        Map.of("", "1", " \u2003", "2", "a\u0000\tb", "3", "half \ud83d", "4", "ü \"", "5");

    JsonNode line = json(Line.of(Samples.log("m", null, mdc, null)));

    assertThat(Samples.names(line))
        .filteredOn(name -> name.startsWith("labels."))
        .containsExactlyInAnyOrder("labels._", "labels.a__b", "labels.half \ufffd", "labels.ü \"");
  }

  @Test
  void writesFourDigitsOfAYearWhateverTheTime() {
    assertThat(timestamp(Long.MAX_VALUE)).isEqualTo("9999-12-31T23:59:59.999Z");
    assertThat(timestamp(Long.MIN_VALUE)).isEqualTo("0000-01-01T00:00:00.000Z");
    assertThat(timestamp(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
  }

  @Test
  void doesNotSplitAPairOfAnInstancesLongName() {
    String name = "x" + "\ud83d\ude00".repeat(200);
    ServiceIdentity identity = new ServiceIdentity(name, null, null, name, name);

    String line = Samples.encode(identity, Line.of(Samples.log("m")), ClientIp.MASKED);

    assertThat(Samples.parse(line).get("service.name").asText()).startsWith(name.substring(0, 255));
    assertThat(line).doesNotContain("\ud83d\"");
  }

  @Test
  void doesNotRepeatTheIdsThatSondePutIntoTheMdc() {
    Exchange exchange = FinishedExchange.server().get();
    Map<String, String> mdc = new HashMap<>();
    mdc.put("traceId", exchange.traceIdString());
    mdc.put("spanId", "of another tracer");
    mdc.put("requestId", exchange.requestId());
    mdc.put("none", null);

    JsonNode line = json(Line.of(Samples.log("m", null, mdc, exchange)));

    assertThat(Samples.names(line))
        .doesNotContain("labels.traceId", "labels.requestId", "labels.none");
    assertThat(line.get("labels.spanId").asText()).isEqualTo("of another tracer");
  }

  @Test
  void keepsOneObjectPerLineWhateverIsLogged() {
    String forged = "ok\n{\"log.level\":\"ERROR\"}\r\u0000\u001b[31m \"quoted\" \\ {} \u2028";

    String line = Samples.encode(Line.of(Samples.log(forged)));

    assertThat(line).endsWith("}\n");
    assertThat(line.substring(0, line.length() - 1).chars()).noneMatch(Character::isISOControl);
    assertThat(Samples.parse(line).get("message").asText()).isEqualTo(forged);
  }

  @Test
  void tellsAlsoWhatIsNoRequest() {
    Exchange garbage = FinishedExchange.server().request("", "", null).status(400).get();
    Exchange endless = FinishedExchange.server().request("M".repeat(9_000), "/", null).get();

    assertThat(json(Line.of(garbage)).get("message").asText()).isEqualTo("- - 400 12 ms");
    assertThat(json(Line.of(endless)).get("message").asText())
        .isEqualTo("M".repeat(256) + " / 200 12 ms");
  }

  @Test
  void keepsBracesOfAPathAsTheyAre() {
    Exchange exchange = FinishedExchange.server().request("GET", "/{}/{}", null).get();

    assertThat(json(Line.of(exchange)).get("message").asText()).isEqualTo("GET /{}/{} 200 12 ms");
  }

  @Test
  void replacesHalvesOfSurrogatePairs() {
    JsonNode line = json(Line.of(Samples.log("a\ud83d b\ude00 \ud83d\ude00")));

    assertThat(line.get("message").asText()).isEqualTo("a\ufffd b\ufffd \ud83d\ude00");
  }

  private static String timestamp(long epochMillis) {
    LogEvent event = new LogEvent(4, epochMillis, "a", "m", "t", null, Map.of(), null);
    return json(Line.of(event)).get("@timestamp").asText();
  }

  private static Throwable root() {
    return new IllegalArgumentException("root");
  }

  private static String outcome(Exchange exchange) {
    return json(Line.of(exchange)).get("event.outcome").asText();
  }

  private static JsonNode json(Line line) {
    return Samples.parse(Samples.encode(line));
  }
}
