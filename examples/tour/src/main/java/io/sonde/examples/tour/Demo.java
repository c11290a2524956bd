// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Starts everything, sends traffic, shows the tour, ends everything. {@code examples/demo} calls it
 * with the clone's root in {@code demo.root}, and in {@code demo.live} and {@code demo.colours}
 * what the terminal can do.
 */
public final class Demo {

  private final Terminal terminal;
  private final Options options;
  private final Folders folders;
  private final Children children;

  private Demo(Terminal terminal, Options options, Folders folders, Children children) {
    this.terminal = terminal;
    this.options = options;
    this.folders = folders;
    this.children = children;
  }

  public static void main(String[] args) {
    // Not System.out: that would follow the locale, and C knows no ├─.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Terminal terminal =
        new Terminal(out, Boolean.getBoolean("demo.live"), Boolean.getBoolean("demo.colours"));
    System.exit(run(terminal, args));
  }

  private static int run(Terminal terminal, String[] args) {
    try {
      Options options = Options.parse(args);
      Folders folders = new Folders(Path.of(System.getProperty("demo.root", ".")).toAbsolutePath());
      Children children = new Children(folders.run());
      // Ctrl-C: whatever runs then is ended before this JVM is.
      Runtime.getRuntime().addShutdownHook(new Thread(children::close, "end"));
      try (children) {
        new Demo(terminal, options, folders, children).run();
      }
      return 0;
    } catch (DemoFailure e) {
      terminal.say(terminal.bad("demo: " + e.getMessage()));
      return 1;
    }
  }

  private void run() {
    try (StatsdReceiver statsd = new StatsdReceiver();
        LogReceiver logs = new LogReceiver()) {
      Zipkin zipkin = Zipkin.start(folders, children, Http.freePorts(1)[0]);
      Shop shop = Shop.start(folders, children, statsd, logs, zipkin);
      awaitUp(zipkin, shop);
      new Traffic(shop.gateway().url()).send(options.traffic(), terminal);
      new Tour(terminal, shop, zipkin, statsd, logs).show();
      if (options.keep()) {
        keep();
      }
      terminal.blank();
      terminal.progress("  stopping …");
      children.close();
      terminal.say("All is stopped. examples/demo --keep leaves it running, to look around.");
    }
  }

  private void awaitUp(Zipkin zipkin, Shop shop) {
    List<Part> waiting = new ArrayList<>();
    for (Service service : shop.services()) {
      waiting.add(new Part(service.child(), service::isUp, service.url()));
    }
    waiting.add(new Part(zipkin.child(), zipkin::isUp, zipkin.url()));
    terminal.progress("  starting four JVMs …");
    while (!waiting.isEmpty()) {
      waiting.removeIf(this::isUp);
      Pause.millis(100);
    }
    shop.services().stream().flatMap(service -> service.agentLines().stream()).forEach(this::told);
  }

  private boolean isUp(Part part) {
    if (!part.answers().getAsBoolean()) {
      part.child().mayStillComeUp();
      return false;
    }
    double seconds = part.child().age().toMillis() / 1_000.0;
    terminal.say("  %-9s up after %4.1f s  %s".formatted(part.child().name(), seconds, part.url()));
    terminal.progress("  starting the others …");
    return true;
  }

  /** Its bill fits without the address; anything else is a problem, and told whole. */
  private void told(String agentLine) {
    terminal.say(
        agentLine.contains(" observes ")
            ? terminal.dim("  " + agentLine.replaceFirst("; http.*", ""))
            : terminal.doubtful("  " + agentLine));
  }

  /** Until Ctrl-C, which ends this JVM; the hook does the rest. */
  private void keep() {
    terminal.blank();
    terminal.say("Everything runs on. Ctrl-C stops it.");
    while (true) {
      Pause.millis(3_600_000);
    }
  }

  private record Part(Child child, BooleanSupplier answers, String url) {}
}
