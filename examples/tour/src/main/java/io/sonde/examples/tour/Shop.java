// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The three services, each with the agent.
 *
 * @param gateway where customers arrive
 */
record Shop(Service gateway, Service orders, Service stock) {

  /** Starts all three; none needs another one to come up. */
  static Shop start(
      Folders folders, Children children, StatsdReceiver statsd, LogReceiver logs, Zipkin zipkin) {
    int[] ports = Http.freePorts(6);
    String token = new BigInteger(128, new SecureRandom()).toString(36);
    String destinations =
        String.join(
            ",",
            "statsd.host=127.0.0.1",
            "statsd.port=" + statsd.port(),
            "statsd.interval=1s",
            "logs.logstash=127.0.0.1:" + logs.port(),
            "zipkin.endpoint=" + zipkin.endpoint());

    Starter starter = new Starter(folders, children, destinations, token);
    Service stock = starter.start("stock", ports[0], ports[1], "" + ports[0]);
    Service orders =
        starter.start(
            "orders",
            ports[2],
            ports[3],
            "--server.port=" + ports[2],
            "--stock.url=" + stock.url());
    Service gateway = starter.start("gateway", ports[4], ports[5], "" + ports[4], orders.url());
    return new Shop(gateway, orders, stock);
  }

  /** In the order in which a request passes through them. */
  List<Service> services() {
    return List.of(gateway, orders, stock);
  }

  private record Starter(Folders folders, Children children, String destinations, String token) {

    Service start(String name, int port, int healthPort, String... arguments) {
      Path jar = folders.shop(name);
      String settings =
          String.join(
              ",",
              "service.name=" + name,
              "service.instance=demo",
              "health.port=" + healthPort,
              destinations);
      List<String> command =
          new ArrayList<>(
              List.of("-javaagent:" + folders.agent() + "=" + settings, "-jar", jar.toString()));
      command.addAll(List.of(arguments));
      return new Service(children.start(name, command, token), port, healthPort, token);
    }
  }
}
