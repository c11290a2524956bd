// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.bridge;

import java.io.UnsupportedEncodingException;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What advice copied into an application calls: static doors over JDK types only.
 *
 * <p>Shipped as {@code java.lang.SondeBridge} in the boot loader, the one package that every class
 * loader resolves (OSGi and JBoss Modules included). The recorder, in Sonde's isolated loader,
 * extends this class and sits in one volatile field; without it every door is shut and costs one
 * volatile read.
 *
 * <pre>
 *  application's class + advice ──static door──▶ SondeBridge ──virtual call──▶ recorder
 *  [application's loader]                        [boot loader]                 [isolated loader]
 * </pre>
 *
 * <p>Doors are called on the application's threads. They never throw, never block and do nothing on
 * Sonde's own threads. What a recorder throws is swallowed and counted. Objects handed out
 * ("exchange", "scope") are opaque to advice: pass them back, compare them with null, no more.
 */
public abstract class SondeBridge {

  /** Of the doors' signatures and meaning. A recorder that was built against another is refused. */
  public static final int ABI = 1;

  private static volatile SondeBridge recorder;

  /** Threads of this group and its children's creators are Sonde's own: never observed. */
  private final ThreadGroup ownThreads;

  protected SondeBridge(ThreadGroup ownThreads) {
    this.ownThreads = ownThreads;
  }

  /** Opens the doors, or shuts them with null. Returns what was installed before, or null. */
  public static SondeBridge install(SondeBridge next) {
    SondeBridge before = recorder;
    recorder = next;
    return before;
  }

  /** True when a recorder is in place, whoever asks. */
  public static boolean isInstalled() {
    return recorder != null;
  }

  /** True when nothing is to be recorded: Sonde is off, or this is one of its own threads. */
  public static boolean quiet() {
    return open() == null;
  }

  private static SondeBridge open() {
    SondeBridge current = recorder;
    return current == null || Thread.currentThread().getThreadGroup() == current.ownThreads
        ? null
        : current;
  }

  // ---- exchanges -------------------------------------------------------------------------------

  /**
   * A request has reached a server. Starts the clock.
   *
   * @param library which server, e.g. {@code tomcat}
   * @return the exchange, or null when quiet
   */
  public static Object serverStarted(String library) {
    SondeBridge current = open();
    if (current == null) {
      return null;
    }
    try {
      return current.onServerStarted(library);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /**
   * The names of the request headers to read. The loop that every server's advice has:
   *
   * <pre>
   *   String[] names = SondeBridge.requestHeaders();
   *   for (int i = 0; i &lt; names.length; ) {
   *     i = SondeBridge.requestHeader(exchange, i, request.getHeader(names[i]));
   *   }
   * </pre>
   *
   * Never null; must not be changed.
   */
  public static String[] requestHeaders() {
    SondeBridge current = recorder;
    return current == null ? new String[0] : current.extractedHeaders();
  }

  /**
   * Takes the value of {@code requestHeaders()[index]}, null when the request lacks it.
   *
   * @return the index of the next header to read; names that cannot matter any more are skipped
   */
  public static int requestHeader(Object exchange, int index, String value) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return Integer.MAX_VALUE;
    }
    try {
      return current.onRequestHeader(exchange, index, value);
    } catch (Throwable t) {
      current.swallow(t);
      return Integer.MAX_VALUE;
    }
  }

  /** Text of one byte a character out of a server's buffer; null of none. */
  public static String latin1(byte[] buffer, int from, int length) {
    return buffer == null ? null : new String(buffer, from, length, StandardCharsets.ISO_8859_1);
  }

  /**
   * A path with its escapes resolved as UTF-8 and {@code +} left alone; as it came where they are
   * not valid: some servers refuse it next, others do not mind.
   */
  public static String decoded(String path) {
    if (path == null || path.indexOf('%') < 0) {
      return path;
    }
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), "UTF-8");
    } catch (IllegalArgumentException | UnsupportedEncodingException e) {
      return path;
    }
  }

  /**
   * Completes the request's side of a server exchange, after its headers were read: decides on
   * trace, request id and sampling, and enters the exchange among those in flight.
   *
   * @param path decoded path without query, e.g. {@code /users/7}
   * @param query raw query without {@code ?}, or null
   * @param remoteAddress the caller's IP address, or null
   */
  public static void serverRequest(
      Object exchange, String method, String path, String query, String remoteAddress) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return;
    }
    try {
      current.onServerRequest(exchange, method, path, query, remoteAddress);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * A request is about to leave through a client. Its parent is what this thread serves, if
   * anything.
   *
   * @param library which client, e.g. {@code java-http-client}
   * @param host as the application wrote it, without port
   * @param port the effective one, or -1
   * @return the exchange, or null when quiet
   */
  public static Object clientStarted(
      String library, String method, String host, int port, String path) {
    SondeBridge current = open();
    if (current == null) {
      return null;
    }
    try {
      return current.onClientStarted(library, method, host, port, path);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /**
   * Whom a call is for, where the library tells after {@link #clientStarted} only.
   *
   * @param authority host, or host and port, e.g. {@code orders:8080}
   */
  public static void clientAuthority(Object exchange, String authority) {
    SondeBridge current = recorder;
    if (current == null || exchange == null || authority == null) {
      return;
    }
    try {
      current.onClientAuthority(exchange, authority);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * The name of the {@code index}-th header to add: to the request of a client exchange, to the
   * response of a server exchange. Null ends the loop:
   *
   * <pre>
   *   String name;
   *   for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
   *     if (request.getHeader(name) == null) {     // what the application set itself stays
   *       request.setHeader(name, SondeBridge.headerValue(exchange, i));
   *     }
   *   }
   * </pre>
   */
  public static String headerName(Object exchange, int index) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return null;
    }
    try {
      return current.onHeaderName(exchange, index);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /** The value that belongs to {@link #headerName}. Never null where that is not. */
  public static String headerValue(Object exchange, int index) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return "";
    }
    try {
      return current.onHeaderValue(exchange, index);
    } catch (Throwable t) {
      current.swallow(t);
      return "";
    }
  }

  /** {@link #headerName} in US-ASCII, for servers that keep bytes; shared, not to be changed. */
  public static byte[] headerNameBytes(Object exchange, int index) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return null;
    }
    try {
      return current.onHeaderNameBytes(exchange, index);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /** {@link #headerValue} in US-ASCII: the caller's own. Null when there is none. */
  public static byte[] headerValueBytes(Object exchange, int index) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return null;
    }
    try {
      return current.onHeaderValueBytes(exchange, index);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /** Appends what {@link #headerValue} would say, for clients that build their head as text. */
  public static void appendHeaderValue(Object exchange, int index, StringBuilder head) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return;
    }
    try {
      current.onAppendHeaderValue(exchange, index, head);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * The framework has chosen a handler for the request that this thread serves.
   *
   * @param template route with its values removed, e.g. {@code /users/{id}}, or null when unknown
   * @param handler e.g. {@code OrderController#find(long)}, or null; its {@code toString} is taken
   *     at once
   */
  public static void route(String template, Object handler) {
    SondeBridge current = open();
    if (current == null) {
      return;
    }
    try {
      current.onRoute(template, handler);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * A framework has chosen a resource's method for the request that this thread serves. Its route
   * and its name are made once, and known from then on.
   *
   * @param base decoded path below which the framework is mounted, or null when there is none
   * @param templates below it, joined in whatever way: {@code //orders/{id: [0-9]+}/} is fine
   * @param method named e.g. {@code com.acme.Orders#find(long)}; held weakly
   */
  public static void resource(String base, CharSequence templates, Method method) {
    SondeBridge current = open();
    if (current == null || templates == null || method == null) {
      return;
    }
    try {
      current.onResource(base, templates, method);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * The container has chosen a servlet for the request that this thread serves. A framework's
   * template still wins.
   *
   * @param path of the servlet's mapping, without a wildcard, e.g. {@code /orders}; empty, with
   *     {@code below}, for one that tells nothing: then later ones, of error pages, do not either
   * @param below true when the mapping is {@code path/*}
   * @param servlet its class's name, or its own, or null when unknown
   */
  public static void mapped(String path, boolean below, String servlet) {
    SondeBridge current = open();
    if (current == null || path == null) {
      return;
    }
    try {
      current.onMapped(path, below, servlet);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * The same by a mapping as the servlet API writes it, e.g. {@code /orders/*}. {@code /}, {@code
   * /*} and endings tell nothing.
   */
  public static void mapped(String pattern, String servlet) {
    if (pattern == null || pattern.length() < 2 || pattern.charAt(0) != '/') {
      mapped("", true, null);
    } else if (pattern.endsWith("/*")) {
      String path = pattern.substring(0, pattern.length() - 2);
      mapped(path, true, path.isEmpty() ? null : servlet);
    } else {
      mapped(pattern, false, servlet);
    }
  }

  /** An exception escaped the handler; the server goes on to answer. The first one counts. */
  public static void failed(Object exchange, Throwable thrown) {
    SondeBridge current = recorder;
    if (current == null || exchange == null || thrown == null) {
      return;
    }
    try {
      current.onFailed(exchange, thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * The exchange is over. Only the first call counts, from whatever thread.
   *
   * @param status as sent or received, 0 when there was none
   * @param thrown what escaped, or null
   */
  public static void finished(Object exchange, int status, Throwable thrown) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return;
    }
    try {
      current.onFinished(exchange, status, thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * The exchange is over, and is gRPC's: its code becomes the status that HTTP has for it.
   *
   * @param code of gRPC, 0 (OK) to 16
   * @param thrown what escaped, or null
   */
  public static void grpcFinished(Object exchange, int code, Throwable thrown) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return;
    }
    try {
      current.onGrpcFinished(exchange, code, thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  // ---- context ---------------------------------------------------------------------------------

  /** What this thread serves, or null. Never on Sonde's threads. */
  public static Object current() {
    SondeBridge current = open();
    if (current == null) {
      return null;
    }
    try {
      return current.onCurrent();
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /**
   * This thread now serves the exchange (null: nothing).
   *
   * @return the scope to hand to {@link #leave}; may be null
   */
  public static Object enter(Object exchange) {
    SondeBridge current = open();
    if (current == null) {
      return null;
    }
    try {
      return current.onEnter(exchange);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /** Restores what the thread served before {@link #enter} or {@link #taskStarted}. */
  public static void leave(Object scope) {
    SondeBridge current = recorder;
    if (current == null) {
      return;
    }
    try {
      current.onLeave(scope);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** A task was handed to an executor by this thread: it will run in this thread's context. */
  public static void taskSubmitted(Object task) {
    SondeBridge current = open();
    if (current == null || task == null) {
      return;
    }
    try {
      current.onTaskSubmitted(task);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** A submitted task will not run (refused, cancelled): forgets its context. */
  public static void taskDropped(Object task) {
    SondeBridge current = open();
    if (current == null || task == null) {
      return;
    }
    try {
      current.onTaskDropped(task);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * A task begins on this thread: in the context it was submitted in, or in none.
   *
   * @return the scope to hand to {@link #leave}; may be null
   */
  public static Object taskStarted(Object task) {
    SondeBridge current = open();
    if (current == null) {
      return null;
    }
    try {
      return current.onTaskStarted(task);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  // ---- slots -----------------------------------------------------------------------------------

  /**
   * Remembers an exchange for an object of the library that has no slot of its own, by identity, in
   * a bounded table. Replaces what was there.
   */
  public static void attach(Object key, Object exchange) {
    SondeBridge current = recorder;
    if (current == null || key == null || exchange == null) {
      return;
    }
    try {
      current.onAttach(key, exchange);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** What was attached to this very object, or null. Stays attached. */
  public static Object attached(Object key) {
    SondeBridge current = open();
    if (current == null || key == null) {
      return null;
    }
    try {
      return current.onAttached(key);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /** What was attached to this very object, or null. It is attached no longer. */
  public static Object detached(Object key) {
    SondeBridge current = open();
    if (current == null || key == null) {
      return null;
    }
    try {
      return current.onDetached(key);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  // ---- exceptions, logs, pools -----------------------------------------------------------------

  /** An exception has ended a thread, or has reached its uncaught exception handler. */
  public static void uncaught(Thread thread, Throwable thrown) {
    SondeBridge current = open();
    if (current == null || thrown == null) {
      return;
    }
    try {
      current.onUncaught(thread, thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** Whether a server's advice answers in place of a handler that threw. */
  public static boolean recovers() {
    SondeBridge current = open();
    if (current == null) {
      return false;
    }
    try {
      return current.onRecovers();
    } catch (Throwable t) {
      current.swallow(t);
      return false;
    }
  }

  /**
   * What may answer in the handler's place if it throws, kept until the exchange is finished; not
   * at all unless {@link #recovers}.
   */
  public static void answerable(Object exchange, Object answerer) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return;
    }
    try {
      current.onAnswerable(exchange, answerer);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** What {@link #answerable} was told; null when nothing is to answer. */
  public static Object answerer(Object exchange) {
    SondeBridge current = recorder;
    if (current == null || exchange == null) {
      return null;
    }
    try {
      return current.onAnswerer(exchange);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /**
   * A task is about to keep what it has thrown for whoever asks for its result.
   *
   * @return to be passed to {@link #failureKept}; null when there is nothing to do
   */
  public static Object failureBegun(Throwable thrown) {
    SondeBridge current = open();
    if (current == null || thrown == null) {
      return null;
    }
    try {
      return current.onFailureBegun(thrown);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /**
   * It is kept.
   *
   * @param keeper whoever reaches it may still ask; null when nobody can, since the task has ended
   *     otherwise
   */
  public static void failureKept(Object failure, Object keeper) {
    SondeBridge current = open();
    if (current == null || failure == null) {
      return;
    }
    try {
      current.onFailureKept(failure, keeper);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * Somebody has asked.
   *
   * @param what the exception, or one that it caused, or what keeps it
   */
  public static void failureSeen(Object what) {
    SondeBridge current = open();
    if (current == null || what == null) {
      return;
    }
    try {
      current.onFailureSeen(what);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** A periodic task runs no more, since it has thrown. */
  public static void failureStops(Object thrown) {
    SondeBridge current = open();
    if (current == null || thrown == null) {
      return;
    }
    try {
      current.onFailureStops((Throwable) thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * True when an event of this level and logger is to be shipped.
   *
   * @param level 1 trace, 2 debug, 3 info, 4 warn, 5 error
   * @param logger may be null
   */
  public static boolean logWanted(int level, String logger) {
    SondeBridge current = open();
    if (current == null) {
      return false;
    }
    try {
      return current.onLogWanted(level, logger);
    } catch (Throwable t) {
      current.swallow(t);
      return false;
    }
  }

  /**
   * The application has logged an event; whether its own appenders have it already depends on the
   * library.
   *
   * @param message formatted
   * @param mdc with its labels, if it has any; must not change any more; null when empty
   */
  public static void logged(
      int level,
      long epochMillis,
      String logger,
      String message,
      String threadName,
      Throwable thrown,
      Map<String, String> mdc) {
    SondeBridge current = open();
    if (current == null) {
      return;
    }
    try {
      current.onLogged(level, epochMillis, logger, message, threadName, thrown, mdc);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * What an event carries besides its message and its MDC: a key-value pair, a marker.
   *
   * @param labels the MDC, or what this door has returned; null when there is none
   * @param value its text is taken at once; null is left out
   * @return a map of Sonde's with that label, too; {@code labels} is not changed
   */
  public static Map<String, String> logLabel(Map<String, String> labels, String key, Object value) {
    SondeBridge current = recorder;
    if (current == null || key == null || value == null) {
      return labels;
    }
    try {
      return current.onLogLabel(labels, key, value);
    } catch (Throwable t) {
      current.swallow(t);
      return labels;
    }
  }

  /**
   * What the arguments of a message say by name, those of logstash-logback-encoder: {@code
   * kv("order", 7)}.
   *
   * @param labels the MDC, or what this door has returned; null when there is none
   * @param arguments of any class, what has no names of its own is left out; may be null
   * @return a map of Sonde's with their labels, too; {@code labels} is not changed
   */
  public static Map<String, String> logArguments(Map<String, String> labels, Object[] arguments) {
    Map<String, String> all = labels;
    if (arguments != null) {
      for (Object argument : arguments) {
        all = logArgument(all, argument);
      }
    }
    return all;
  }

  /**
   * A marker of SLF4J: its name, or what it holds when it is one of logstash-logback-encoder, whose
   * names begin with {@code LS_}; and what those hold that it refers to.
   *
   * @param labels the MDC, or what this door has returned; null when there is none
   * @param name of the last marker wins
   * @return a map of Sonde's with their labels, too; {@code labels} is not changed
   */
  public static Map<String, String> logMarker(
      Map<String, String> labels, String name, Object marker, Iterator<?> references) {
    try {
      Map<String, String> all =
          name.startsWith("LS_") ? logArgument(labels, marker) : logLabel(labels, "marker", name);
      while (references.hasNext()) {
        all = logArgument(all, references.next());
      }
      return all;
    } catch (Throwable t) {
      suppressed(t);
      return labels;
    }
  }

  private static Map<String, String> logArgument(Map<String, String> labels, Object argument) {
    SondeBridge current = recorder;
    if (current == null || argument == null) {
      return labels;
    }
    try {
      return current.onLogArgument(labels, argument);
    } catch (Throwable t) {
      current.swallow(t);
      return labels;
    }
  }

  /**
   * A message with its arguments as {@code java.util.logging} puts them in: {@code order {0}}.
   *
   * @param arguments may be null or empty
   */
  public static String messageFormatted(String pattern, Object[] arguments) {
    SondeBridge current = recorder;
    if (current == null || pattern == null || arguments == null || arguments.length == 0) {
      return pattern;
    }
    try {
      return current.onMessageFormatted(pattern, arguments);
    } catch (Throwable t) {
      return pattern; // as there: what cannot be formatted stays as it is
    }
  }

  /**
   * A library hands an event on to its appenders, by a method that calls itself for each parent of
   * the logger.
   *
   * @return for {@link #logLeft}; null when this thread is handing on this very event already
   */
  public static Object logEntered(Object event) {
    SondeBridge current = open();
    if (current == null || event == null) {
      return null;
    }
    try {
      return current.onLogEntered(event);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /** The event of {@link #logEntered} is handed on. */
  public static void logLeft(Object entered) {
    SondeBridge current = recorder;
    if (current == null || entered == null) {
      return;
    }
    try {
      current.onLogLeft(entered);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * The application has started an appender that may send its events to Logstash by itself. Kept by
   * weak reference; whether it is in use is read later, by name, on Sonde's thread.
   */
  public static void logShipperStarted(Object appender) {
    SondeBridge current = open();
    if (current == null || appender == null) {
      return;
    }
    try {
      current.onLogShipperStarted(appender);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** Sonde's value for an MDC key that the application has not set itself, or null. */
  public static String mdcValue(String key) {
    SondeBridge current = open();
    if (current == null || key == null) {
      return null;
    }
    try {
      return current.onMdcValue(key);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /**
   * The application's MDC with Sonde's keys added; its own win.
   *
   * @param own may be null; is not changed
   * @return {@code own} itself when there is nothing to add, else a new map
   */
  public static Map<String, String> mdcWith(Map<String, String> own) {
    SondeBridge current = open();
    if (current == null) {
      return own;
    }
    try {
      return current.onMdcWith(own);
    } catch (Throwable t) {
      current.swallow(t);
      return own;
    }
  }

  /**
   * A connection pool exists. Kept by weak reference; its getters are read later, by name, on
   * Sonde's thread.
   *
   * @param kind e.g. {@code hikari}
   */
  public static void poolSeen(String kind, Object pool) {
    SondeBridge current = open();
    if (current == null || pool == null) {
      return;
    }
    try {
      current.onPoolSeen(kind, pool);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * A thread asks the pool for a connection. The pool is known from then on, if it was not before:
   * some are configured after their constructor.
   *
   * @param kind e.g. {@code dbcp2}
   * @return for {@link #poolAnswered}; null when nobody wants to know
   */
  public static Object poolAsked(String kind, Object pool) {
    SondeBridge current = open();
    if (current == null || pool == null) {
      return null;
    }
    try {
      return current.onPoolAsked(kind, pool);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /**
   * It was given one, or something was thrown. The connection is not kept, only told apart from
   * others until {@link #poolReturned}.
   */
  public static void poolAnswered(Object asked, Object connection, Throwable thrown) {
    SondeBridge current = recorder;
    if (current == null || asked == null) {
      return;
    }
    try {
      current.onPoolAnswered(asked, connection, thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** The connection of {@link #poolAnswered} is back, or closed. May be told more than once. */
  public static void poolReturned(Object connection) {
    SondeBridge current = recorder;
    if (current == null || connection == null) {
      return;
    }
    try {
      current.onPoolReturned(connection);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * A server accepts connections from now on. Kept by weak reference; its getters are read later,
   * by name, on Sonde's thread.
   *
   * @param kind e.g. {@code tomcat}
   * @param sockets what knows its open sockets, or null: the server itself
   * @param threads what knows its threads, or null: nobody
   */
  public static void serverSeen(String kind, Object server, Object sockets, Object threads) {
    SondeBridge current = open();
    if (current == null || server == null) {
      return;
    }
    try {
      current.onServerSeen(kind, server, sockets, threads);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** A server of {@link #serverSeen} accepts no more. */
  public static void serverGone(Object server) {
    SondeBridge current = open();
    if (current == null || server == null) {
      return;
    }
    try {
      current.onServerGone(server);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * The application has a health check of its own. Kept by weak reference; asked on Sonde's thread.
   *
   * @param check answers with a list of maps: {@code key}, {@code liveness}, {@code result}
   */
  public static void healthCheckAdded(String name, Supplier<?> check) {
    SondeBridge current = open();
    if (current == null || name == null || check == null) {
      return;
    }
    try {
      current.onHealthCheckAdded(name, check);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** A check of {@link #healthCheckAdded} is to be asked no more. */
  public static void healthCheckRemoved(Supplier<?> check) {
    SondeBridge current = open();
    if (current == null || check == null) {
      return;
    }
    try {
      current.onHealthCheckRemoved(check);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** Advice has thrown, and the application has not noticed: woven into every advice. */
  public static void suppressed(Throwable thrown) {
    SondeBridge current = recorder;
    if (current != null) {
      current.swallow(thrown);
    }
  }

  // ---- data stores -----------------------------------------------------------------------------

  /**
   * The client of a data store exists: a connection, a pool, a producer. Kept by weak reference;
   * its getters are read later, by name, on Sonde's thread. Called again, it takes the new detail.
   *
   * @param kind e.g. {@code lettuce}
   * @param detail what the getters do not tell, of a JDK type (kept by strong reference), or null
   */
  public static void storeSeen(String kind, Object store, Object detail) {
    SondeBridge current = open();
    if (current == null || store == null) {
      return;
    }
    try {
      current.onStoreSeen(kind, store, detail);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** What is said of the part is said of the store from now on. Both by weak reference. */
  public static void storePart(Object store, Object part) {
    SondeBridge current = open();
    if (current == null || store == null || part == null) {
      return;
    }
    try {
      current.onStorePart(store, part);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * A thread asks the store's pool for a connection, and waits.
   *
   * @return for {@link #storeAnswered}; null when quiet or not a store that was seen
   */
  public static Object storeAsked(Object store) {
    SondeBridge current = open();
    if (current == null || store == null) {
      return null;
    }
    try {
      return current.onStoreAsked(store);
    } catch (Throwable t) {
      current.swallow(t);
      return null;
    }
  }

  /**
   * It was given one, or something was thrown. The connection is not kept, only told apart from
   * others until {@link #storeReturned}.
   */
  public static void storeAnswered(Object asked, Object connection, Throwable thrown) {
    SondeBridge current = recorder;
    if (current == null || asked == null) {
      return;
    }
    try {
      current.onStoreAnswered(asked, connection, thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** The store has answered (thrown is null) or has failed. */
  public static void storeUsed(Object store, Throwable thrown) {
    SondeBridge current = open();
    if (current == null || store == null) {
      return;
    }
    try {
      current.onStoreUsed(store, thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** {@link #storeAnswered} where nobody saw who asked, and when. Told twice, the later counts. */
  public static void storeGiven(Object store, Object connection) {
    SondeBridge current = open();
    if (current == null || store == null || connection == null) {
      return;
    }
    try {
      current.onStoreGiven(store, connection);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** The connection is back, or closed. May be told more than once. */
  public static void storeReturned(Object connection) {
    SondeBridge current = recorder;
    if (current == null || connection == null) {
      return;
    }
    try {
      current.onStoreReturned(connection);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /**
   * No connection was made to an address, where the library does not say for which of its objects.
   *
   * @param address of a JDK type
   */
  public static void storeUnreachable(String kind, Object address, Throwable thrown) {
    SondeBridge current = open();
    if (current == null || address == null || thrown == null) {
      return;
    }
    try {
      current.onStoreUnreachable(kind, address, thrown);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** The application has closed it. */
  public static void storeClosed(Object store) {
    SondeBridge current = open();
    if (current == null || store == null) {
      return;
    }
    try {
      current.onStoreClosed(store);
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  // ---- life ------------------------------------------------------------------------------------

  /** The application's main class has been loaded: what waits for it may start. */
  public static void mainReached() {
    SondeBridge current = recorder;
    if (current == null) {
      return;
    }
    try {
      current.onMainReached();
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** The JVM's shutdown hooks begin: the application drains. */
  public static void shutdownBegun() {
    SondeBridge current = recorder;
    if (current == null) {
      return;
    }
    try {
      current.onShutdownBegun();
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  /** The application's own shutdown hooks are done: the last flush. Blocks for 2 s at most. */
  public static void shutdownEnded() {
    SondeBridge current = recorder;
    if (current == null) {
      return;
    }
    try {
      current.onShutdownEnded();
    } catch (Throwable t) {
      current.swallow(t);
    }
  }

  // ---- what the recorder implements ------------------------------------------------------------

  /** Counts what a door caught. Must not throw. */
  protected abstract void swallow(Throwable thrown);

  protected abstract Object onServerStarted(String library);

  protected abstract String[] extractedHeaders();

  protected abstract int onRequestHeader(Object exchange, int index, String value);

  protected abstract void onServerRequest(
      Object exchange, String method, String path, String query, String remoteAddress);

  protected abstract Object onClientStarted(
      String library, String method, String host, int port, String path);

  protected abstract void onClientAuthority(Object exchange, String authority);

  protected abstract String onHeaderName(Object exchange, int index);

  protected abstract String onHeaderValue(Object exchange, int index);

  protected abstract byte[] onHeaderNameBytes(Object exchange, int index);

  protected abstract byte[] onHeaderValueBytes(Object exchange, int index);

  protected abstract void onAppendHeaderValue(Object exchange, int index, StringBuilder head);

  protected abstract void onRoute(String template, Object handler);

  protected abstract void onResource(String base, CharSequence templates, Method method);

  protected abstract void onMapped(String path, boolean below, String servlet);

  protected abstract void onFailed(Object exchange, Throwable thrown);

  protected abstract void onFinished(Object exchange, int status, Throwable thrown);

  protected abstract void onGrpcFinished(Object exchange, int code, Throwable thrown);

  protected abstract Object onCurrent();

  protected abstract Object onEnter(Object exchange);

  protected abstract void onLeave(Object scope);

  protected abstract void onTaskSubmitted(Object task);

  protected abstract void onTaskDropped(Object task);

  protected abstract Object onTaskStarted(Object task);

  protected abstract void onAttach(Object key, Object exchange);

  protected abstract Object onAttached(Object key);

  protected abstract Object onDetached(Object key);

  protected abstract void onUncaught(Thread thread, Throwable thrown);

  protected abstract boolean onRecovers();

  protected abstract void onAnswerable(Object exchange, Object answerer);

  protected abstract Object onAnswerer(Object exchange);

  protected abstract Object onFailureBegun(Throwable thrown);

  protected abstract void onFailureKept(Object failure, Object keeper);

  protected abstract void onFailureSeen(Object what);

  protected abstract void onFailureStops(Throwable thrown);

  protected abstract boolean onLogWanted(int level, String logger);

  protected abstract void onLogged(
      int level,
      long epochMillis,
      String logger,
      String message,
      String threadName,
      Throwable thrown,
      Map<String, String> mdc);

  protected abstract Map<String, String> onLogLabel(
      Map<String, String> labels, String key, Object value);

  protected abstract Map<String, String> onLogArgument(Map<String, String> labels, Object argument);

  protected abstract String onMessageFormatted(String pattern, Object[] arguments);

  protected abstract Object onLogEntered(Object event);

  protected abstract void onLogLeft(Object entered);

  protected abstract void onLogShipperStarted(Object appender);

  protected abstract String onMdcValue(String key);

  protected abstract Map<String, String> onMdcWith(Map<String, String> own);

  protected abstract void onPoolSeen(String kind, Object pool);

  protected abstract Object onPoolAsked(String kind, Object pool);

  protected abstract void onPoolAnswered(Object asked, Object connection, Throwable thrown);

  protected abstract void onPoolReturned(Object connection);

  protected abstract void onStoreSeen(String kind, Object store, Object detail);

  protected abstract void onStorePart(Object store, Object part);

  protected abstract Object onStoreAsked(Object store);

  protected abstract void onStoreAnswered(Object asked, Object connection, Throwable thrown);

  protected abstract void onStoreUsed(Object store, Throwable thrown);

  protected abstract void onStoreGiven(Object store, Object connection);

  protected abstract void onStoreReturned(Object connection);

  protected abstract void onStoreUnreachable(String kind, Object address, Throwable thrown);

  protected abstract void onStoreClosed(Object store);

  protected abstract void onServerSeen(String kind, Object server, Object sockets, Object threads);

  protected abstract void onServerGone(Object server);

  protected abstract void onHealthCheckAdded(String name, Supplier<?> check);

  protected abstract void onHealthCheckRemoved(Supplier<?> check);

  protected abstract void onMainReached();

  protected abstract void onShutdownBegun();

  protected abstract void onShutdownEnded();
}
