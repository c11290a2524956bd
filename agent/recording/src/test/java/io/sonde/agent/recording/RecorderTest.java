// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.bridge.SondeBridge;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Behind the bridge's doors, as advice calls them. */
class RecorderTest {

  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String CALLER = "a2fb4a1d1a96d312";
  private static final String B3 = TRACE + "-" + CALLER + "-1";

  private final Ledger ledger = new Ledger();
  private final Pipeline pipeline = new Pipeline(ledger);
  private Recorder recorder = recorder(true, true);

  private Recorder recorder(boolean originate, boolean respond, String... hosts) {
    Propagation propagation =
        new Propagation(
            List.of("b3", "b3multi", "tracecontext"),
            List.of("b3", "tracecontext", "request-id"),
            List.of(hosts),
            "X-Request-ID",
            respond,
            originate);
    return new Recorder(
        propagation, 1.0, 1_000, pipeline, new PoolTable(kind -> null), Lifecycle.NONE);
  }

  @BeforeEach
  void open() {
    SondeBridge.install(recorder);
    AgentLog.to(new PrintStream(new ByteArrayOutputStream(), true));
  }

  @AfterEach
  void shut() {
    SondeBridge.install(null);
    AgentLog.to(null);
  }

  private void reopen(Recorder next) {
    recorder = next;
    SondeBridge.install(next);
  }

  @Test
  void parametersOfAPathAreNotKept() {
    Exchange served = (Exchange) SondeBridge.serverStarted("test");
    SondeBridge.serverRequest(served, "GET", "/a;v=1/cart;jsessionid=s3cret", null, "127.0.0.1");
    Object called = SondeBridge.clientStarted("test", "GET", "host", 80, "/cart;id=s3cret");

    assertThat(served.path()).isEqualTo("/a/cart");
    assertThat(((Exchange) called).path()).isEqualTo("/cart");
  }

  /** A request as a server's advice hands it over; headers are names and values by turns. */
  private static Exchange request(String... headers) {
    Object exchange = SondeBridge.serverStarted("test");
    String[] names = SondeBridge.requestHeaders();
    for (int i = 0; i < names.length; ) {
      i = SondeBridge.requestHeader(exchange, i, value(names[i], headers));
    }
    SondeBridge.serverRequest(exchange, "GET", "/users/7", null, "127.0.0.1");
    return (Exchange) exchange;
  }

  private static String value(String name, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase(name)) {
        return headers[i + 1];
      }
    }
    return null;
  }

  private static Exchange call() {
    return (Exchange) SondeBridge.clientStarted("test", "GET", "stock.example.com", 80, "/stock");
  }

  /** A call from within the request. */
  private static Exchange callIn(Exchange request) {
    Object scope = SondeBridge.enter(request);
    Exchange call = call();
    SondeBridge.leave(scope);
    return call;
  }

  /** What advice would add. */
  private static Map<String, String> headers(Object exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    String name;
    for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
      assertThat(headers.put(name, SondeBridge.headerValue(exchange, i))).as(name).isNull();
    }
    return headers;
  }

  private long taken() {
    return ledger.accounts().get(0).taken();
  }

  // ---- exchanges -------------------------------------------------------------------------------

  @Test
  void isInFlightFromItsRequestToItsEnd() {
    Exchange exchange = request();

    assertThat(recorder.live().inFlight()).isEqualTo(1);
    SondeBridge.finished(exchange, 200, null);
    assertThat(recorder.live().inFlight()).isZero();
    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void theFirstEndCounts() {
    Exchange exchange = request();
    Exception late = new IllegalStateException("late");

    SondeBridge.finished(exchange, 201, null);
    long duration = exchange.durationNanos();
    SondeBridge.finished(exchange, 500, late);

    assertThat(exchange.status()).isEqualTo(201);
    assertThat(exchange.thrown()).isNull();
    assertThat(exchange.durationNanos()).isEqualTo(duration).isPositive();
    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void theFirstFailureCounts() {
    Exchange exchange = request();
    Exception first = new IllegalStateException("first");

    SondeBridge.failed(exchange, first);
    SondeBridge.failed(exchange, new IllegalStateException("second"));
    SondeBridge.finished(exchange, 500, new IllegalStateException("third"));

    assertThat(exchange.thrown()).isSameAs(first);
  }

  @Test
  void theFirstTemplateCounts() {
    Exchange exchange = request();
    Object scope = SondeBridge.enter(exchange);

    SondeBridge.route(null, "Filter#invoke()");
    assertThat(exchange.handler()).isEqualTo("Filter#invoke()");
    SondeBridge.route("/users/{id}", "Users#find(long)");
    SondeBridge.route("/error", "ErrorPage#error()");
    SondeBridge.leave(scope);
    SondeBridge.route("/outside", "Nobody#at()");

    assertThat(exchange.route()).isEqualTo("/users/{id}");
    assertThat(exchange.handler()).isEqualTo("Users#find(long)");
  }

  @Test
  void aServletsMappingIsWhatIsKnownBeforeATemplate() {
    Exchange exchange = request();
    Object scope = SondeBridge.enter(exchange);

    SondeBridge.mapped("/users", true, "com.acme.Users");
    SondeBridge.mapped("/error", false, "com.acme.ErrorPage");
    assertThat(exchange.mapping).isEqualTo("/users/*");
    assertThat(exchange.handler()).isEqualTo("com.acme.Users");
    SondeBridge.route("/users/{id}", "Users#find(long)");
    SondeBridge.leave(scope);

    assertThat(exchange.route()).isEqualTo("/users/{id}");
    assertThat(exchange.handler()).isEqualTo("Users#find(long)");
  }

  @Test
  void learnsTheRouteThoughAnErrorPageIsMapped() {
    for (String pattern : new String[] {"/", "/*", "*.page", ""}) {
      Exchange exchange = request();
      Object scope = SondeBridge.enter(exchange);

      SondeBridge.mapped(pattern, "com.acme.Default");
      SondeBridge.mapped("/error", "com.acme.ErrorPage");
      SondeBridge.leave(scope);
      SondeBridge.finished(exchange, 409, null);

      new RouteNamer().settle(exchange);
      assertThat(exchange.route()).as(pattern).isEqualTo(LearnedRoutes.shape(exchange.path()));
      assertThat(exchange.mapping).as(pattern).isEqualTo(RouteNamer.NO_MAPPING);
    }
  }

  @Test
  void tellsTheMappingWhileTheRequestRuns() {
    Exchange exchange = request();
    assertThat(exchange.routeSoFar()).isEqualTo(LearnedRoutes.shape(exchange.path()));
    Object scope = SondeBridge.enter(exchange);

    SondeBridge.mapped("/orders/c3p0", "com.acme.Orders");

    assertThat(exchange.routeSoFar()).isEqualTo("/orders/c3p0");
    SondeBridge.leave(scope);
  }

  @Test
  void takesAMappingAsTheServletApiWritesIt() {
    Exchange below = request();
    Object scope = SondeBridge.enter(below);
    SondeBridge.mapped("/users/*", "com.acme.Users");
    SondeBridge.leave(scope);
    Exchange exact = request();
    scope = SondeBridge.enter(exact);
    SondeBridge.mapped("/users", "com.acme.Users");
    SondeBridge.leave(scope);

    assertThat(below.mapping).isEqualTo("/users/*");
    assertThat(exact.mapping).isEqualTo("/users");
    assertThat(exact.handler()).isEqualTo("com.acme.Users");
  }

  @Test
  void recordsNothingOnceTheDoorsAreShut() {
    Exchange exchange = request();

    SondeBridge.install(null);
    SondeBridge.finished(exchange, 200, null);

    assertThat(request()).isNull();
    assertThat(call()).isNull();
    assertThat(taken()).isZero();
  }

  @Test
  void isSilentOnSondesOwnThreads() throws InterruptedException {
    List<Object> seen = new ArrayList<>();
    Thread thread =
        AgentThreads.unstarted(
            "test",
            () -> {
              seen.add(SondeBridge.serverStarted("test"));
              seen.add(call());
              seen.add(SondeBridge.mdcValue("traceId"));
              seen.add(SondeBridge.quiet());
              SondeBridge.uncaught(Thread.currentThread(), new IllegalStateException());
            });
    thread.start();
    thread.join();

    assertThat(seen).containsExactly(null, null, null, true);
    assertThat(taken()).isZero();
  }

  // ---- context ---------------------------------------------------------------------------------

  @Test
  void nestsContexts() {
    Exchange outer = request();
    Exchange inner = request();

    Object outerScope = SondeBridge.enter(outer);
    Object innerScope = SondeBridge.enter(inner);
    assertThat(SondeBridge.current()).isSameAs(inner);
    Object cleanScope = SondeBridge.enter(null);
    assertThat(SondeBridge.current()).isNull();

    SondeBridge.leave(cleanScope);
    assertThat(SondeBridge.current()).isSameAs(inner);
    SondeBridge.leave(innerScope);
    assertThat(SondeBridge.current()).isSameAs(outer);
    SondeBridge.leave(outerScope);
    assertThat(SondeBridge.current()).isNull();
  }

  /** As it is half a minute after its end. */
  private static Exchange longOver() {
    Exchange exchange = request();
    assertThat(exchange.end(System.nanoTime() - TimeUnit.SECONDS.toNanos(31))).isTrue();
    return exchange;
  }

  @Test
  void aLoopThatARequestHasStartedServesItNoLongerThanItsGrace() {
    Runnable task = () -> {};
    Object scope = SondeBridge.enter(longOver());

    assertThat(call().parentId()).isZero();
    assertThat(SondeBridge.mdcValue("traceId")).isNull();
    SondeBridge.taskSubmitted(task);

    assertThat(recorder.pendingContexts()).isZero();
    assertThat(SondeBridge.current()).isNull();
    SondeBridge.leave(scope);
  }

  @Test
  void whatARequestHasLeftBehindBelongsToItForAWhile() {
    Exchange exchange = request();
    SondeBridge.finished(exchange, 200, null);

    assertThat(callIn(exchange).parentId()).isEqualTo(exchange.spanId());
  }

  @Test
  void aTaskRunsInTheContextItWasSubmittedIn() {
    Runnable task = () -> {};
    Exchange exchange = submittedIn(request(), task);
    Exchange other = request();
    Object otherScope = SondeBridge.enter(other);

    Object scope = SondeBridge.taskStarted(task);
    assertThat(SondeBridge.current()).isSameAs(exchange);
    SondeBridge.leave(scope);
    assertThat(SondeBridge.current()).isSameAs(other);

    SondeBridge.leave(SondeBridge.taskStarted(task));
    SondeBridge.leave(otherScope);
    assertThat(recorder.pendingContexts()).isZero();
  }

  @Test
  void aTaskThatNobodySubmittedInARequestStartsClean() {
    Runnable task = () -> {};
    SondeBridge.taskSubmitted(task);
    Object scope = SondeBridge.enter(request());

    Object taskScope = SondeBridge.taskStarted(task);
    assertThat(SondeBridge.current()).isNull();

    SondeBridge.leave(taskScope);
    SondeBridge.leave(scope);
  }

  @Test
  void oneTaskSubmittedTwiceKeepsEachContext() {
    Runnable task = () -> {};
    Exchange first = submittedIn(request(), task);
    Exchange second = submittedIn(request(), task);

    assertThat(contextOf(task)).isSameAs(first);
    assertThat(contextOf(task)).isSameAs(second);
    assertThat(contextOf(task)).isNull();
  }

  @Test
  void aTaskThatIsRefusedForgetsItsContext() {
    Runnable task = () -> {};
    submittedIn(request(), task);

    SondeBridge.taskDropped(task);

    assertThat(recorder.pendingContexts()).isZero();
    assertThat(contextOf(task)).isNull();
  }

  @Test
  void aRequestThatIsJustOverStillGivesItsContext() {
    Runnable task = () -> {};
    Exchange exchange = submittedIn(request(), task);

    SondeBridge.finished(exchange, 200, null);

    assertThat(contextOf(task)).isSameAs(exchange);
  }

  @Test
  void aRequestThatIsLongOverGivesItsContextNoMore() {
    Runnable early = () -> {};
    Runnable late = () -> {};
    Exchange within = submittedIn(request(), early);
    within.end(System.nanoTime() - TimeUnit.SECONDS.toNanos(29));
    submittedIn(request(), late).end(System.nanoTime() - TimeUnit.SECONDS.toNanos(31));

    assertThat(contextOf(early)).isSameAs(within);
    assertThat(contextOf(late)).isNull();
  }

  private static Exchange submittedIn(Exchange exchange, Runnable task) {
    Object scope = SondeBridge.enter(exchange);
    SondeBridge.taskSubmitted(task);
    SondeBridge.leave(scope);
    return exchange;
  }

  private static Object contextOf(Runnable task) {
    Object scope = SondeBridge.taskStarted(task);
    Object context = SondeBridge.current();
    SondeBridge.leave(scope);
    return context;
  }

  @Test
  void keepsAnExchangeForAnObjectUntilItIsTaken() {
    Object connection = new Object();
    Exchange first = call();
    Exchange second = call();

    SondeBridge.attach(connection, first);
    SondeBridge.attach(connection, second);

    assertThat(SondeBridge.attached(connection)).isSameAs(second);
    assertThat(SondeBridge.attached(new Object())).isNull();
    assertThat(SondeBridge.detached(connection)).isSameAs(second);
    assertThat(SondeBridge.detached(connection)).isNull();
  }

  // ---- ids -------------------------------------------------------------------------------------

  @Test
  void probesAreNeverSampledAndNotInFlight() {
    Exchange probe = request("User-Agent", "Consul Health Check", "b3", B3);

    assertThat(probe.probe()).isTrue();
    assertThat(probe.sampled()).isFalse();
    assertThat(recorder.live().inFlight()).isZero();
    assertThat(request("User-Agent", "curl/8", "b3", B3).sampled()).isTrue();
  }

  @Test
  void continuesTheCallersTraceWithASpanOfItsOwn() {
    Exchange exchange = request("b3", B3);

    assertThat(exchange.traceIdString()).isEqualTo(TRACE);
    assertThat(Ids.hex(exchange.parentId())).isEqualTo(CALLER);
    assertThat(exchange.spanIdString()).isNotEqualTo(CALLER);
  }

  @Test
  void keepsTheCallersDecision() {
    assertThat(request("b3", TRACE + "-" + CALLER + "-0").sampled()).isFalse();
    assertThat(request("traceparent", "00-" + TRACE + "-" + CALLER + "-00").sampled()).isFalse();
    recorder.sampling(0, 1_000);
    assertThat(request("b3", B3).sampled()).isTrue();
  }

  @Test
  void samplingMayChangeWhileRunning() {
    assertThat(request().sampled()).isTrue();
    recorder.sampling(0, 1_000);
    assertThat(request().sampled()).isFalse();
    recorder.sampling(1, 1_000);
    assertThat(request().sampled()).isTrue();
  }

  @Test
  void forcedTracesCountAgainstTheLimit() {
    recorder.sampling(1, 0);

    Exchange forced = request("b3", TRACE + "-" + CALLER + "-d");

    assertThat(forced.debug()).isFalse();
    assertThat(forced.sampled()).isFalse();
  }

  @Test
  void aMissingOrInvalidRequestIdBecomesTheTraceId() {
    Exchange missing = request();
    Exchange invalid = request("X-Request-ID", "two\r\nlines");

    assertThat(missing.requestId()).isEqualTo(missing.traceIdString());
    assertThat(invalid.requestId()).isEqualTo(invalid.traceIdString());
    assertThat(request("X-Request-ID", "req-1").requestId()).isEqualTo("req-1");
  }

  @Test
  void givesTheRequestIdBack() {
    assertThat(headers(request("X-Request-ID", "req-1"))).containsExactly(id("req-1"));

    reopen(recorder(true, false));
    assertThat(headers(request("X-Request-ID", "req-1"))).isEmpty();
  }

  @Test
  void originatesTraceHeadersWithAnEndpoint() {
    Exchange request = request("X-Request-ID", "req-1");
    Exchange call = callIn(request);

    String ids = request.traceIdString() + "-" + call.spanIdString();
    assertThat(headers(call))
        .containsExactly(
            Map.entry("b3", ids + "-1-" + request.spanIdString()),
            Map.entry("traceparent", "00-" + ids + "-01"),
            id("req-1"));
    assertThat(call.parentId()).isEqualTo(request.spanId());
    assertThat(headers(call())).containsKeys("b3", "traceparent", "X-Request-ID");
  }

  @Test
  void originatesNoTraceHeaderWithoutAnEndpoint() {
    reopen(recorder(false, true));

    assertThat(headers(callIn(request("X-Request-ID", "req-1")))).containsExactly(id("req-1"));
    assertThat(headers(call())).as("outside of a request there is nothing to pass on").isEmpty();
  }

  @Test
  void passesTheCallersTraceOnWithoutAnEndpoint() {
    reopen(recorder(false, true));

    Map<String, String> headers = headers(callIn(request("b3", B3, "X-Request-ID", "req-1")));

    assertThat(headers.get("b3")).as("no span of ours in between").startsWith(B3);
    assertThat(headers)
        .contains(Map.entry("traceparent", "00-" + TRACE + "-" + CALLER + "-01"), id("req-1"));
  }

  @Test
  void sendsIdsToTheHostsThatAreNamedOnly() {
    reopen(recorder(true, true, "*.example.com"));
    assertThat(headers(callIn(request()))).isNotEmpty();

    reopen(recorder(true, true, "*.example.org"));
    assertThat(headers(callIn(request()))).isEmpty();
  }

  private static Map.Entry<String, String> id(String value) {
    return Map.entry("X-Request-ID", value);
  }

  // ---- logs ------------------------------------------------------------------------------------

  @Test
  void answersForIdsInTheMdc() {
    Exchange exchange = request("X-Request-ID", "req-1");
    Object scope = SondeBridge.enter(exchange);

    assertThat(SondeBridge.mdcValue("traceId")).isEqualTo(exchange.traceIdString());
    assertThat(SondeBridge.mdcValue("spanId")).isEqualTo(exchange.spanIdString());
    assertThat(SondeBridge.mdcValue("requestId")).isEqualTo("req-1");
    assertThat(SondeBridge.mdcValue("customer")).isNull();
    SondeBridge.leave(scope);
    assertThat(SondeBridge.mdcValue("traceId")).isNull();
  }

  @Test
  void theApplicationsMdcKeyWins() {
    Map<String, String> own = Map.of("traceId", "mine", "customer", "4711");
    Exchange exchange = request();
    Object scope = SondeBridge.enter(exchange);

    assertThat(SondeBridge.mdcWith(own))
        .containsEntry("traceId", "mine")
        .containsEntry("customer", "4711")
        .containsEntry("spanId", exchange.spanIdString());
    SondeBridge.leave(scope);
    assertThat(SondeBridge.mdcWith(own)).isSameAs(own);
    assertThat(SondeBridge.mdcWith(null)).isNull();
  }

  @Test
  void leavesTheMdcAloneWhenOff() {
    recorder.mdc(false);
    Object scope = SondeBridge.enter(request());

    assertThat(SondeBridge.mdcValue("traceId")).isNull();
    assertThat(SondeBridge.mdcWith(null)).isNull();
    SondeBridge.leave(scope);
  }

  @Test
  void addsLabelsToACopy() {
    Map<String, String> mdc = Map.of("customer", "4711");
    Map<String, String> labels = SondeBridge.logLabel(mdc, "order", 7);

    assertThat(labels).containsOnly(Map.entry("customer", "4711"), Map.entry("order", "7"));
    assertThat(SondeBridge.logLabel(labels, "marker", "AUDIT")).isSameAs(labels).hasSize(3);
    assertThat(SondeBridge.logLabel(mdc, "order", null)).isSameAs(mdc);
    assertThat(SondeBridge.logLabel(null, "order", 7)).containsOnly(Map.entry("order", "7"));
    assertThat(SondeBridge.logArguments(mdc, new Object[] {"without a name", null})).isSameAs(mdc);
    assertThat(SondeBridge.logArguments(mdc, null)).isSameAs(mdc);
    for (int i = 0; i < 1_000; i++) {
      labels = SondeBridge.logLabel(labels, "key" + i, i);
    }
    assertThat(labels).hasSizeLessThan(100);
  }

  @Test
  void wantsEventsFromTheLevelOn() {
    assertThat(SondeBridge.logWanted(5, "a")).as("before an exporter asks for it").isFalse();
    recorder.logLevels(LogLevels.from(4, Map.of("a", 5)));

    assertThat(SondeBridge.logWanted(3, "b")).isFalse();
    assertThat(SondeBridge.logWanted(4, "b")).isTrue();
    assertThat(SondeBridge.logWanted(4, null)).isTrue();
    assertThat(SondeBridge.logWanted(4, "a")).isFalse();
    recorder.logLevels(LogLevels.NONE);
    assertThat(SondeBridge.logWanted(5, "a")).isFalse();
  }

  @Test
  void noticesAShipperWhileItIsUsedAndTellsOnlyChanges() {
    List<String> told = new ArrayList<>();
    AtomicReference<String> inUse = new AtomicReference<>();
    Object appender = new Object();
    SondeBridge.logShipperStarted(appender);
    recorder.logShippers().watch(asked -> asked == appender ? inUse.get() : null, told::add);
    long now = System.nanoTime();

    for (String name : new String[] {null, "A", "A", null, "A"}) {
      inUse.set(name);
      now += TimeUnit.SECONDS.toNanos(6);
      recorder.logShippers().sweep(now);
    }

    assertThat(told).containsExactly("A", null, "A");
  }

  // ---- what goes wrong -------------------------------------------------------------------------

  @Test
  void swallowsAndCountsWhatADoorThrows() {
    SondeBridge.finished("no exchange", 200, null);
    SondeBridge.attach(new Object(), "no exchange");
    assertThat(SondeBridge.headerName("no exchange", 0)).isNull();
    SondeBridge.suppressed(new IllegalStateException("in advice"));

    assertThat(recorder.swallowedCount()).isEqualTo(4);
    assertThat(recorder.live().inFlight()).isZero();
  }

  @Test
  void recordsWhatEndsAThreadWithItsRequest() {
    List<ErrorRecord> errors = new ArrayList<>();
    Exchange exchange = request();
    Object scope = SondeBridge.enter(exchange);
    SondeBridge.uncaught(Thread.currentThread(), new IllegalStateException("fatal"));
    SondeBridge.leave(scope);

    pipeline.start(
        List.of(
            new Exporter() {
              @Override
              public String name() {
                return "errors";
              }

              @Override
              public void error(ErrorRecord error) {
                errors.add(error);
              }
            }));
    pipeline.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));

    assertThat(errors)
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.seenAt()).isEqualTo("uncaught");
              assertThat(error.exchange()).isSameAs(exchange);
              assertThat(error.thrown()).hasMessage("fatal");
            });
  }

  @Test
  void givesCodesOfGrpcTheStatusThatHttpHas() {
    assertThat(grpc(0)).isEqualTo("OK 200");
    assertThat(grpc(1)).isEqualTo("CANCELLED 499");
    assertThat(grpc(3)).isEqualTo("INVALID_ARGUMENT 400");
    assertThat(grpc(4)).isEqualTo("DEADLINE_EXCEEDED 504");
    assertThat(grpc(5)).isEqualTo("NOT_FOUND 404");
    assertThat(grpc(12)).isEqualTo("UNIMPLEMENTED 501");
    assertThat(grpc(14)).isEqualTo("UNAVAILABLE 503");
    assertThat(grpc(16)).isEqualTo("UNAUTHENTICATED 401");
    assertThat(grpc(17)).isEqualTo("UNKNOWN 500");
  }

  private static String grpc(int code) {
    Exchange exchange = request();
    SondeBridge.grpcFinished(exchange, code, null);
    SondeBridge.finished(exchange, 200, null);
    return exchange.grpcCode() + " " + exchange.status();
  }

  @Test
  void isOfNoGrpcWithoutACode() {
    Exchange exchange = request();
    SondeBridge.finished(exchange, 200, null);

    assertThat(exchange.grpcCode()).isNull();
  }

  @Test
  void learnsLaterWhomACallIsFor() {
    assertThat(callTo("orders:8080")).isEqualTo("orders 8080");
    assertThat(callTo("orders")).isEqualTo("orders -1");
    assertThat(callTo("[::1]:8080")).isEqualTo("[::1] 8080");
    assertThat(callTo("[::1]")).isEqualTo("[::1] -1");
  }

  private static String callTo(String authority) {
    Object call = SondeBridge.clientStarted("test", "POST", null, -1, "/a.B/c");
    SondeBridge.clientAuthority(call, authority);
    Exchange exchange = (Exchange) call;
    return exchange.peerHost() + " " + exchange.peerPort();
  }

  @Test
  void passesNothingOnToAHostThatIsLearnedLaterAndNotAllowed() {
    reopen(recorder(true, true, "*.example.com"));
    Object inside = SondeBridge.clientStarted("test", "POST", null, -1, "/a.B/c");
    SondeBridge.clientAuthority(inside, "stock.example.com:80");
    Object outside = SondeBridge.clientStarted("test", "POST", null, -1, "/a.B/c");
    SondeBridge.clientAuthority(outside, "elsewhere.org:80");

    assertThat(headers(inside)).isNotEmpty();
    assertThat(headers(outside)).isEmpty();
  }
}
