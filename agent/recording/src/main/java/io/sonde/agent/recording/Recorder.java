// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import io.sonde.bridge.SondeBridge;
import java.lang.reflect.Method;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Behind the bridge's doors: turns calls on the application's threads into finished exchanges and
 * hands them to the pipeline. Takes no lock, does no I/O, formats nothing.
 */
public final class Recorder extends SondeBridge {

  /** A context is not handed on once its request has been over for so long. */
  private static final long GRACE_NANOS = 30_000_000_000L;

  private static final long MAX_AGE_NANOS = 600_000_000_000L;

  /** Nobody waits an hour for an answer. */
  private static final long LOST_NANOS = 3_600_000_000_000L;

  private static final Object NONE = new Object();

  private final ThreadLocal<@Nullable Exchange> current = new ThreadLocal<>();

  /** The log event that this thread's library hands to its appenders. */
  private final ThreadLocal<@Nullable Object> handedOn = new ThreadLocal<>();

  private final LiveTable live = new LiveTable();
  private final IdentityTable tasks = new IdentityTable();
  private final IdentityTable slots = new IdentityTable();
  private final ServerTable servers = new ServerTable();
  private final CheckTable checks = new CheckTable();
  private final UnreadFailures unread = new UnreadFailures();
  private final AtomicBoolean accepting = new AtomicBoolean();
  private final LongAdder swallowed = new LongAdder();
  private final Propagation propagation;
  private final Correlation correlation;
  private final Sampler sampler;
  private final Pipeline pipeline;
  private final PoolTable pools;
  private final Lifecycle lifecycle;
  private final Wildcards wildcards = new Wildcards();
  private final ResourceTable resources = new ResourceTable();
  private final LogShippers logShippers = new LogShippers();
  private volatile LogLevels logLevels = LogLevels.NONE;
  private volatile boolean mdc = true;
  private volatile boolean recovering;
  private volatile StoreTable stores = StoreTable.empty();

  /**
   * Opens nothing: see {@link SondeBridge#install}.
   *
   * @param samplingRate share of traces started here that become spans, 0 to 1
   * @param samplesPerSecond upper limit of the same
   */
  public Recorder(
      Propagation propagation,
      double samplingRate,
      long samplesPerSecond,
      Pipeline pipeline,
      PoolTable pools,
      Lifecycle lifecycle) {
    super(AgentThreads.GROUP);
    this.propagation = propagation;
    this.sampler = new Sampler(samplingRate, samplesPerSecond);
    this.correlation = new Correlation(propagation, sampler);
    this.pipeline = pipeline;
    this.pools = pools;
    this.lifecycle = lifecycle;
    pipeline.sweepBy(this::sweep);
    pipeline.beforeEnd(now -> unread.sweep(now, true, pipeline::offer));
  }

  /** May change while running. */
  public void sampling(double rate, long perSecond) {
    sampler.set(rate, perSecond);
  }

  /** Which events are shipped; may change while running. */
  public void logLevels(LogLevels levels) {
    logLevels = levels;
  }

  /** Whether ids are readable in the application's MDC. */
  public void mdc(boolean readable) {
    mdc = readable;
  }

  /** Whether a 500 is sent where a server would drop the connection of a handler that threw. */
  public void recover(boolean newRecovering) {
    recovering = newRecovering;
  }

  /** Where the clients of data stores are kept. To be set before the first is seen. */
  public void stores(StoreTable table) {
    stores = table;
  }

  public StoreTable stores() {
    return stores;
  }

  public LiveTable live() {
    return live;
  }

  /** The application's own ways to Logstash. */
  public LogShippers logShippers() {
    return logShippers;
  }

  /** The connection pools that were seen. */
  public PoolTable pools() {
    return pools;
  }

  /** The servers that accept connections. */
  public ServerTable servers() {
    return servers;
  }

  /** The application's own health checks. */
  public CheckTable checks() {
    return checks;
  }

  /** What advice or a door threw since the start. */
  public long swallowedCount() {
    return swallowed.sum();
  }

  /** Tasks whose context is remembered now. */
  public int pendingContexts() {
    return tasks.size();
  }

  /** Contexts that were not remembered, since the table was full. */
  public long refusedContexts() {
    return tasks.refused() + slots.refused();
  }

  /** Failures of tasks that were not watched, since the table was full. */
  public long unreadFailuresOverflow() {
    return unread.overflow();
  }

  @Override
  protected void swallow(Throwable thrown) {
    swallowed.increment();
    pipeline.offerSwallowed(thrown);
  }

  // ---- exchanges -------------------------------------------------------------------------------

  @Override
  protected Object onServerStarted(String library) {
    return new Exchange(Exchange.Kind.SERVER, library, System.nanoTime());
  }

  @Override
  protected String[] extractedHeaders() {
    return propagation.extractNames;
  }

  @Override
  protected int onRequestHeader(Object exchange, int index, @Nullable String value) {
    return correlation.read((Exchange) exchange, index, value);
  }

  @Override
  protected void onServerRequest(
      Object token,
      @Nullable String method,
      @Nullable String path,
      @Nullable String query,
      @Nullable String remoteAddress) {
    Exchange exchange = (Exchange) token;
    exchange.method = method == null ? "" : method;
    exchange.path = withoutParameters(path);
    exchange.query = query;
    exchange.remoteAddress = remoteAddress;
    correlation.settle(exchange);
    live.enter(exchange);
  }

  /** They belong to no route, and may be a session's id: {@code /cart;jsessionid=…}. */
  private static String withoutParameters(@Nullable String path) {
    if (path == null) {
      return "";
    }
    return path.indexOf(';') < 0 ? path : path.replaceAll(";[^/]*", "");
  }

  @Override
  protected Object onClientStarted(
      String library,
      @Nullable String method,
      @Nullable String host,
      int port,
      @Nullable String path) {
    Exchange exchange = new Exchange(Exchange.Kind.CLIENT, library, System.nanoTime());
    exchange.method = method == null ? "" : method;
    exchange.path = withoutParameters(path);
    exchange.peerHost = host;
    exchange.peerPort = port;
    correlation.settleClient(exchange, serving());
    live.enter(exchange);
    return exchange;
  }

  @Override
  protected void onClientAuthority(Object token, String authority) {
    Exchange exchange = (Exchange) token;
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > 0 && colon > authority.lastIndexOf(']');
    exchange.peerHost = hasPort ? authority.substring(0, colon) : authority;
    if (hasPort) {
      exchange.peerPort = Integer.parseInt(authority.substring(colon + 1));
    }
  }

  @Override
  protected @Nullable String onHeaderName(Object token, int index) {
    Propagation.Field field = correlation.write((Exchange) token, index);
    return field == null ? null : propagation.headerName(field);
  }

  @Override
  protected String onHeaderValue(Object token, int index) {
    Exchange exchange = (Exchange) token;
    Propagation.Field field = correlation.write(exchange, index);
    return field == null ? "" : correlation.value(field, exchange);
  }

  @Override
  protected byte @Nullable [] onHeaderNameBytes(Object token, int index) {
    Propagation.Field field = correlation.write((Exchange) token, index);
    return field == null ? null : propagation.headerNameBytes(field);
  }

  @Override
  protected byte @Nullable [] onHeaderValueBytes(Object token, int index) {
    Exchange exchange = (Exchange) token;
    Propagation.Field field = correlation.write(exchange, index);
    return field == null ? null : correlation.valueBytes(field, exchange);
  }

  @Override
  protected void onAppendHeaderValue(Object token, int index, StringBuilder head) {
    Exchange exchange = (Exchange) token;
    Propagation.Field field = correlation.write(exchange, index);
    if (field != null) {
      correlation.append(field, exchange, head);
    }
  }

  /**
   * The first template counts: an error page is dispatched with a route of its own. A handler may
   * be known where its template is not.
   */
  @Override
  protected void onRoute(@Nullable String template, @Nullable Object handler) {
    Exchange exchange = current.get();
    if (exchange == null || exchange.route != null) {
      return;
    }
    exchange.route = template;
    if (template != null || exchange.handler == null) {
      exchange.handler = handler == null ? null : handler.toString();
    }
  }

  /** The first one counts, as in {@link #onRoute}. */
  @Override
  protected void onResource(@Nullable String base, CharSequence templates, Method method) {
    Exchange exchange = current.get();
    if (exchange == null || exchange.route != null) {
      return;
    }
    ResourceTable.Resource resource = resources.of(base, templates, method);
    exchange.route = resource.route;
    exchange.handler = resource.handler;
  }

  @Override
  protected void onMapped(String path, boolean below, @Nullable String servlet) {
    Exchange exchange = current.get();
    if (exchange == null || exchange.mapping != null) {
      return;
    }
    String pattern = below ? wildcards.of(path) : path;
    exchange.mapping = pattern == null ? RouteNamer.NO_MAPPING : pattern;
    if (exchange.handler == null) {
      exchange.handler = servlet;
    }
  }

  @Override
  protected void onFailed(Object token, Throwable thrown) {
    Exchange exchange = (Exchange) token;
    if (exchange.thrown == null) {
      exchange.thrown = thrown;
    }
  }

  @Override
  protected void onFinished(Object token, int status, @Nullable Throwable thrown) {
    finish((Exchange) token, status, Exchange.NO_GRPC, thrown);
  }

  @Override
  protected void onGrpcFinished(Object token, int code, @Nullable Throwable thrown) {
    finish((Exchange) token, GrpcCodes.status(code), code, thrown);
  }

  private void finish(Exchange exchange, int status, int grpcCode, @Nullable Throwable thrown) {
    if (!exchange.end(System.nanoTime())) {
      return;
    }
    live.leave(exchange);
    exchange.answerer = null;
    exchange.grpcCode = grpcCode;
    exchange.status = status;
    if (thrown != null && exchange.thrown == null) {
      exchange.thrown = thrown;
    }
    exchange.threadName = Thread.currentThread().getName();
    pipeline.offer(exchange);
  }

  // ---- context ---------------------------------------------------------------------------------

  @Override
  protected @Nullable Object onCurrent() {
    return serving();
  }

  @Override
  protected @Nullable Object onEnter(@Nullable Object exchange) {
    Exchange before = current.get();
    if (before != exchange) {
      current.set((Exchange) exchange);
    }
    return before;
  }

  @Override
  protected void onLeave(@Nullable Object scope) {
    if (current.get() != scope) {
      current.set((Exchange) scope);
    }
  }

  @Override
  protected void onTaskSubmitted(Object task) {
    Exchange exchange = serving();
    if (exchange != null) {
      tasks.add(task, exchange);
    }
  }

  /** The newest note: a task that is refused may be queued already, for somebody else. */
  @Override
  protected void onTaskDropped(Object task) {
    if (!tasks.isEmpty()) {
      tasks.takeBack(task);
    }
  }

  @Override
  protected @Nullable Object onTaskStarted(Object task) {
    Exchange exchange = tasks.isEmpty() ? null : tasks.take(task);
    return onEnter(exchange == null || isOver(exchange) ? null : exchange);
  }

  /**
   * What this thread serves. A loop that a request has started, an event loop or a queue's reader,
   * would serve it for ever.
   */
  private @Nullable Exchange serving() {
    Exchange exchange = current.get();
    if (exchange != null && isOver(exchange)) {
      current.set(null);
      return null;
    }
    return exchange;
  }

  private static boolean isOver(Exchange exchange) {
    return exchange.isFinished() && exchange.endedBefore(System.nanoTime(), GRACE_NANOS);
  }

  // ---- slots -----------------------------------------------------------------------------------

  @Override
  protected void onAttach(Object key, Object exchange) {
    if (!slots.isEmpty()) {
      slots.take(key);
    }
    slots.add(key, (Exchange) exchange);
  }

  @Override
  protected @Nullable Object onAttached(Object key) {
    return slots.isEmpty() ? null : slots.peek(key);
  }

  @Override
  protected @Nullable Object onDetached(Object key) {
    return slots.isEmpty() ? null : slots.take(key);
  }

  // ---- exceptions, logs, pools -----------------------------------------------------------------

  @Override
  protected void onUncaught(Thread thread, Throwable thrown) {
    pipeline.offer(unhandled(thrown, "uncaught", thread));
    // Up to Java 11 a fork/join worker keeps what it dies of.
    unread.seen(thrown);
  }

  private Unhandled unhandled(Throwable thrown, String place, Thread thread) {
    return new Unhandled(thrown, place, thread.getName(), System.currentTimeMillis(), serving());
  }

  @Override
  protected boolean onRecovers() {
    return recovering;
  }

  @Override
  protected void onAnswerable(Object exchange, Object answerer) {
    if (recovering) {
      ((Exchange) exchange).answerer = answerer;
    }
  }

  @Override
  protected @Nullable Object onAnswerer(Object exchange) {
    return ((Exchange) exchange).answerer;
  }

  @Override
  protected @Nullable Object onFailureBegun(Throwable thrown) {
    Unhandled item = unhandled(thrown, "future", Thread.currentThread());
    UnreadFailures.Failure failure = new UnreadFailures.Failure(item, System.nanoTime());
    return unread.add(failure) ? failure : null;
  }

  @Override
  protected void onFailureKept(Object failure, @Nullable Object keeper) {
    unread.kept((UnreadFailures.Failure) failure, keeper);
  }

  @Override
  protected void onFailureSeen(Object what) {
    unread.seen(what);
  }

  @Override
  protected void onFailureStops(Throwable thrown) {
    unread.seen(thrown);
    pipeline.offer(unhandled(thrown, "scheduled", Thread.currentThread()));
  }

  @Override
  protected boolean onLogWanted(int level, @Nullable String logger) {
    return logLevels.include(level, logger == null ? "" : logger);
  }

  @Override
  protected void onLogged(
      int level,
      long epochMillis,
      @Nullable String logger,
      @Nullable String message,
      String threadName,
      @Nullable Throwable thrown,
      @Nullable Map<String, String> own) {
    pipeline.offer(
        new LogEvent(level, epochMillis, logger, message, threadName, thrown, own, serving()));
  }

  @Override
  protected Map<String, String> onLogLabel(
      @Nullable Map<String, String> labels, String key, Object value) {
    return LogLabels.of(labels).with(key, value);
  }

  @Override
  protected @Nullable Map<String, String> onLogArgument(
      @Nullable Map<String, String> labels, Object argument) {
    return StructuredArgument.label(labels, argument);
  }

  /** Only where a brace is followed by a digit: else quotes would be lost. */
  @Override
  protected String onMessageFormatted(String pattern, Object[] arguments) {
    for (int at = pattern.indexOf('{'); at >= 0; at = pattern.indexOf('{', at + 1)) {
      if (at + 1 < pattern.length() && Character.isDigit(pattern.charAt(at + 1))) {
        return MessageFormat.format(pattern, arguments);
      }
    }
    return pattern;
  }

  /** An appender may log by itself meanwhile: what was handed on before is handed on again then. */
  @Override
  protected @Nullable Object onLogEntered(Object event) {
    Object before = handedOn.get();
    if (before == event) {
      return null;
    }
    handedOn.set(event);
    return before == null ? NONE : before;
  }

  @Override
  protected void onLogLeft(Object entered) {
    handedOn.set(entered == NONE ? null : entered);
  }

  @Override
  protected void onLogShipperStarted(Object appender) {
    logShippers.add(appender);
  }

  @Override
  protected @Nullable String onMdcValue(String key) {
    Exchange exchange = mdc ? serving() : null;
    if (exchange == null) {
      return null;
    }
    switch (key) {
      case "traceId":
        return exchange.traceIdString();
      case "spanId":
        return exchange.spanIdString();
      case "requestId":
        return exchange.requestId();
      default:
        return null;
    }
  }

  @Override
  protected @Nullable Map<String, String> onMdcWith(@Nullable Map<String, String> own) {
    Exchange exchange = mdc ? serving() : null;
    if (exchange == null) {
      return own;
    }
    Map<String, String> merged = new HashMap<>();
    merged.put("traceId", exchange.traceIdString());
    merged.put("spanId", exchange.spanIdString());
    merged.put("requestId", exchange.requestId());
    if (own != null) {
      merged.putAll(own);
    }
    return merged;
  }

  @Override
  protected void onPoolSeen(String kind, Object pool) {
    pools.seen(kind, pool);
  }

  @Override
  protected @Nullable Object onPoolAsked(String kind, Object pool) {
    PoolTable.Pool seen = pools.seen(kind, pool);
    if (seen == null) {
      return null;
    }
    return asks(seen);
  }

  private PoolUse asks(ConnectionSource source) {
    Exchange exchange = serving();
    if (exchange != null) {
      exchange.waitsFor = source;
    }
    return new PoolUse(source, exchange, System.nanoTime());
  }

  @Override
  protected void onPoolAnswered(
      Object asked, @Nullable Object connection, @Nullable Throwable thrown) {
    answered((PoolUse) asked, pools.holders(), connection, thrown);
  }

  private void answered(
      PoolUse use, HolderTable holders, @Nullable Object connection, @Nullable Throwable thrown) {
    Exchange exchange = use.exchange();
    if (exchange != null) {
      exchange.waitsFor = null;
    }
    if (connection == null && thrown == null) {
      return; // None was free, and nobody wanted to wait: neither given nor refused.
    }
    use.answered(System.nanoTime(), Thread.currentThread().getName(), thrown);
    if (connection != null) {
      holders.enter(connection, use);
    }
    pipeline.offer(use);
  }

  @Override
  protected void onPoolReturned(Object connection) {
    pools.holders().leave(connection);
  }

  // ---- data stores -----------------------------------------------------------------------------

  @Override
  protected void onStoreSeen(String kind, Object store, @Nullable Object detail) {
    stores.seen(kind, store, detail);
  }

  @Override
  protected void onStorePart(Object store, Object part) {
    stores.part(store, part);
  }

  @Override
  protected @Nullable Object onStoreAsked(Object store) {
    Store known = stores.find(store);
    if (known == null) {
      return null;
    }
    known.asked();
    return asks(known);
  }

  @Override
  protected void onStoreAnswered(
      Object asked, @Nullable Object connection, @Nullable Throwable thrown) {
    PoolUse use = (PoolUse) asked;
    Store store = (Store) use.source;
    store.served();
    store.used(thrown);
    answered(use, stores.holders(), connection, thrown);
  }

  @Override
  protected void onStoreUsed(Object store, @Nullable Throwable thrown) {
    Store known = stores.find(store);
    if (known != null) {
      known.used(thrown);
    }
  }

  @Override
  protected void onStoreGiven(Object store, Object connection) {
    Store known = stores.find(store);
    if (known != null) {
      known.used(null);
      PoolUse use = new PoolUse(known, serving(), System.nanoTime());
      use.answered(System.nanoTime(), Thread.currentThread().getName(), null);
      stores.holders().enter(connection, use);
    }
  }

  @Override
  protected void onStoreReturned(Object connection) {
    stores.holders().leave(connection);
  }

  @Override
  protected void onStoreUnreachable(String kind, Object address, Throwable thrown) {
    stores.unreachable(kind, address, thrown);
  }

  @Override
  protected void onStoreClosed(Object store) {
    Store known = stores.find(store);
    if (known != null) {
      known.closed();
    }
  }

  // ---- servers ---------------------------------------------------------------------------------

  @Override
  protected void onServerSeen(
      String kind, Object server, @Nullable Object sockets, @Nullable Object threads) {
    servers.add(kind, server, sockets == null ? server : sockets, threads);
    if (accepting.compareAndSet(false, true)) {
      lifecycle.serverAccepting();
    }
  }

  @Override
  protected void onServerGone(Object server) {
    servers.remove(server);
  }

  // ---- the application's own checks ------------------------------------------------------------

  @Override
  protected void onHealthCheckAdded(String name, Supplier<?> check) {
    checks.add(name, check);
  }

  @Override
  protected void onHealthCheckRemoved(Supplier<?> check) {
    checks.remove(check);
  }

  // ---- life ------------------------------------------------------------------------------------

  @Override
  protected void onMainReached() {
    lifecycle.mainReached();
  }

  @Override
  protected void onShutdownBegun() {
    lifecycle.shutdownBegun();
  }

  @Override
  protected void onShutdownEnded() {
    lifecycle.shutdownEnded();
  }

  private void sweep(long nowNanos) {
    tasks.sweep(nowNanos, MAX_AGE_NANOS, GRACE_NANOS);
    // What streams for long has nothing else that knows its exchange.
    slots.sweep(nowNanos, LOST_NANOS, GRACE_NANOS);
    live.sweep(nowNanos, LOST_NANOS);
    logShippers.sweep(nowNanos);
    unread.sweep(nowNanos, false, pipeline::offer);
    pools.holders().sweep(nowNanos, GRACE_NANOS);
    stores.holders().sweep(nowNanos, GRACE_NANOS);
  }
}
