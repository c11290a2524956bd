// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sonde.testkit.FreePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.lumberjack.io.LumberjackMessageProcessor;
import org.apache.camel.component.lumberjack.io.LumberjackServer;
import org.slf4j.LoggerFactory;

/**
 * A real server of Lumberjack 2, not Logstash's but Apache Camel's: written by others, for Beats.
 * Acknowledges a window when all of it has been processed; hangs up when that fails.
 */
final class CamelBeats implements AutoCloseable {

  static {
    ((Logger) LoggerFactory.getLogger("org.apache.camel")).setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger("io.netty")).setLevel(Level.OFF);
  }

  private final int port;
  private final SSLContext tls;
  private final List<String> messages = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private LumberjackServer server;

  private CamelBeats(int port, SSLContext tls) {
    this.port = port;
    this.tls = tls;
  }

  static CamelBeats start() throws InterruptedException {
    return startTls(null);
  }

  /**
   * @param tls null: plain
   */
  static CamelBeats startTls(SSLContext tls) throws InterruptedException {
    CamelBeats server = new CamelBeats(FreePort.find(), tls);
    server.restart();
    return server;
  }

  int port() {
    return port;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** The next events fail, and with each its connection. */
  void failsNext(int events) {
    failures.set(events);
  }

  /** Of the events, in the order of arrival. */
  List<String> messages() {
    synchronized (messages) {
      return new ArrayList<>(messages);
    }
  }

  void stop() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void restart() throws InterruptedException {
    server = new LumberjackServer("127.0.0.1", port, tls, Thread::new, this::take);
    server.start();
  }

  @Override
  public void close() {
    stop();
  }

  private void take(Object event, LumberjackMessageProcessor.Callback done) {
    boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (!fails) {
      synchronized (messages) {
        messages.add((String) ((Map<?, ?>) event).get("message"));
      }
    }
    done.onComplete(!fails);
  }
}
