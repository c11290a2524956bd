// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.bridge.SondeBridge;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Neither the JDK's classes nor the application's threads keep anything of Sonde's. */
class UnloadingTest {

  @Test
  void itsLoaderCanBeCollectedAfterUse() throws Exception {
    WeakReference<ClassLoader> loader = used();

    for (int i = 0; i < 50 && loader.get() != null; i++) {
      System.gc();
    }

    assertThat(loader.get()).isNull();
  }

  private static WeakReference<ClassLoader> used() throws Exception {
    try (URLClassLoader loader = isolated()) {
      loader.loadClass(Use.class.getName()).getMethod("run").invoke(null);
      return new WeakReference<>(loader);
    }
  }

  private static URLClassLoader isolated() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  /** Runs inside the isolated loader, on a thread that outlives it. */
  public static final class Use {

    private Use() {}

    public static void run() {
      Pipeline pipeline = new Pipeline(new Ledger());
      Propagation propagation =
          new Propagation(List.of("b3"), List.of("b3"), List.of(), "X-Request-ID", true, true);
      SondeBridge.install(
          new Recorder(
              propagation, 1.0, 1_000, pipeline, new PoolTable(kind -> null), Lifecycle.NONE));

      Object exchange = SondeBridge.serverStarted("test");
      SondeBridge.serverRequest(exchange, "GET", "/users/7", null, "127.0.0.1");
      Object scope = SondeBridge.enter(exchange);
      Object call = SondeBridge.clientStarted("test", "GET", "stock.example.com", 80, "/stock");
      SondeBridge.headerValue(call, 0);
      Object event = SondeBridge.logEntered(new Object());
      Map<String, String> labels = SondeBridge.logLabel(null, "customer", 4711);
      SondeBridge.logArguments(labels, new Object[] {"order 7"});
      SondeBridge.logLeft(event);
      SondeBridge.finished(call, 200, null);
      SondeBridge.leave(scope);
      SondeBridge.finished(exchange, 200, null);

      SondeBridge.install(null);
    }
  }
}
