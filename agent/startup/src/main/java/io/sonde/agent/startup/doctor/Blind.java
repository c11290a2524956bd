// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Well-known libraries that Sonde does not see, as README's limits tell them. Not complete. */
final class Blind {

  /** Artifact's name, and what is not seen of it. */
  private static final String[][] TABLE = {
    {"netty(-incubator)?-codec-http3|jetty-http3-server|http3-server", "HTTP/3"},
    {"java-driver-core-shaded|cassandra-driver-core", "calls, with its own copy of Netty"},
    {"core-io", "Couchbase's calls, with its own copy of Netty"},
    {"akka-http-core(_.*)?|pekko-http-core(_.*)?", "its HTTP server and client"},
    {"ktor-server-cio(-jvm)?|ktor-client-cio(-jvm)?", "Ktor's own engine"},
    {"http4s-(blaze|ember)-(server|client)(_.*)?", "its own HTTP engine"},
    {"nanohttpd", "its HTTP server"},
    {"netty", "Netty 3"},
    {"commons-httpclient", "calls of Commons HttpClient 3"},
    {"r2dbc-pool|vertx-sql-client", "its connection pool"},
    {"commons-dbcp|bonecp|proxool|jboss-ironjacamar.*", "its connection pool"},
    {"amqp-client", "RabbitMQ's connections"},
    {"jms-api|jakarta.jms-api|activemq-client|artemis-jms-client", "messages of JMS"},
    {"slf4j-simple|tinylog-impl", "log events: it is no backend that Sonde reads"},
    {"dubbo|rsocket-core|thrift|libthrift", "calls over its own protocol"},
  };

  private Blind() {}

  /** A line each; none for what is not in the table. */
  static List<String> of(Coordinates library) {
    List<String> lines = new ArrayList<>();
    for (String[] row : TABLE) {
      // Netty 4's artifact of that name does not exist.
      if (Pattern.matches(row[0], library.artifact)) {
        lines.add(library + ": " + row[1]);
      }
    }
    return lines;
  }
}
