// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.observed;

import com.fasterxml.jackson.databind.JsonNode;
import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.FreePort;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The services {@code shop} and {@code orders}, instance {@code one} each, with the agent, and
 * customers that do not stop asking until it is closed. Statsd is flushed once a second.
 */
public final class ObservedShop implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int CUSTOMERS = 4;
  private static final Pattern HEALTH = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/health");

  /** Small, with a collector whose young pauses come soon. */
  private static final String[] JVM = {
    "-Xmx96m", "-Xmn16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"
  };

  /** One that all tests of this JVM share; it ends with it. */
  private static final class Shared {
    static final ObservedShop SHOP = start();
  }

  private final Relay relay = new Relay();
  private final Collector collector = new Collector();
  private final Path folder;
  private final List<AgentProcess> services = new ArrayList<>();
  private final String shopUrl;
  private volatile boolean open = true;

  private ObservedShop(String... settings) {
    folder = temporaryFolder();
    try {
      String orders = service("orders", settings);
      shopUrl = service("shop", settings, orders);
    } catch (AssertionError e) {
      close();
      throw e;
    }
    for (int i = 0; i < CUSTOMERS; i++) {
      Thread customer = new Thread(this::ask, "customer-" + i);
      customer.setDaemon(true);
      customer.start();
    }
  }

  /**
   * Starts one and returns when traffic has begun (4 s).
   *
   * @param settings further ones of the agent, {@code key=value}
   */
  public static ObservedShop start(String... settings) {
    return new ObservedShop(settings);
  }

  /** The one with no further settings, started for the first who asks. Do not close it. */
  public static ObservedShop shared() {
    return Shared.SHOP;
  }

  /** From now on the agents' datagrams go there, too. */
  public void sendStatsdTo(int udpPort) {
    relay.to(udpPort);
  }

  /** What each service tells on {@code /sonde/status}. */
  public List<JsonNode> statuses() {
    return services.stream().map(ObservedShop::status).toList();
  }

  @Override
  public void close() {
    open = false;
    services.forEach(AgentProcess::close);
    relay.close();
    collector.close();
  }

  /** Returns its URL. */
  private String service(String name, String[] settings, String... backend) {
    List<String> arguments = new ArrayList<>(List.of(folder.resolve(name).toString(), name));
    arguments.addAll(List.of(backend));
    AgentProcess process =
        AgentProcess.on(Jdk.of(17))
            .classpath(System.getProperty("java.class.path"))
            .jvm(JVM)
            .agent(String.join(",", settings(name, settings)))
            .main(Shop.class.getName(), arguments.toArray(new String[0]))
            .start();
    services.add(process);
    String line = process.awaitStdout("listening on", LIMIT);
    return "http://127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1);
  }

  private static JsonNode status(AgentProcess service) {
    Matcher health = HEALTH.matcher(service.awaitStderr("/health", LIMIT));
    if (!health.find()) {
      throw new AssertionError("no address of /health in " + service.stderrLines());
    }
    return Http.get(health.group(1) + "/sonde/status").json();
  }

  private List<String> settings(String name, String[] more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "service.name=" + name,
                "service.instance=one",
                "service.version=1.0.0",
                "service.environment=test",
                "health.port=0",
                "console.token=none",
                "statsd.host=127.0.0.1",
                "statsd.port=" + relay.port(),
                "statsd.interval=1s",
                "zipkin.endpoint=" + collector.url(),
                // Nobody listens: what it does not take is kept on disk.
                "logs.logstash=127.0.0.1:" + FreePort.find(),
                "logs.spool=" + folder.resolve("spool-" + name),
                // Checks change their minds soon.
                "health.pool.saturated-after=1s",
                "health.worsen-after=1",
                "health.recover-after=1",
                "health.dwell=2s",
                "health.flapping.changes=1000"));
    settings.addAll(List.of(more));
    return settings;
  }

  private void ask() {
    while (open) {
      try {
        Http.get(shopUrl + path());
        Thread.sleep(ThreadLocalRandom.current().nextInt(20, 60));
      } catch (UncheckedIOException e) {
        return; // it is closed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Reports are asked for every other twenty seconds, and then they use up the pool. */
  private static String path() {
    int dice = ThreadLocalRandom.current().nextInt(100);
    boolean quiet = System.nanoTime() / 1_000_000_000 / 20 % 2 == 0;
    int id = ThreadLocalRandom.current().nextInt(1_000);
    if (dice < 35) {
      return "/orders/" + id;
    } else if (dice < 75) {
      return "/checkout/" + id;
    } else if (dice < (quiet ? 76 : 90)) {
      return "/report";
    } else if (dice < 90) {
      return "/orders/" + id;
    } else if (dice < 94) {
      return "/bang";
    }
    return dice < 97 ? "/bang?how=by-credit-card" : "/favicon.ico";
  }

  private static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "shop").toAbsolutePath();
      Files.createDirectories(folder.resolve("spool-shop"));
      Files.createDirectories(folder.resolve("spool-orders"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
