// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.healthchecks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.CheckTable;
import io.sonde.health.Health;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application's copy of the library lies in a class loader that shares nothing with ours. */
class HealthChecksInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new HealthChecksInstrumentation());

  @Test
  void handsACheckOverInTypesOfTheJdk() throws Exception {
    try (URLClassLoader application = application()) {
      run(application, "QueueCheck");

      assertThat(checks()).extracting(CheckTable.Check::name).containsExactly("orders:queue");
      assertThat(checks().get(0).supplier().getClass().getClassLoader()).isSameAs(application);
      assertThat(checks().get(0).supplier().get())
          .isEqualTo(
              List.of(
                  Map.of(
                      "key",
                      "orders:queue",
                      "liveness",
                      false,
                      "result",
                      Map.of(
                          "status", "warn",
                          "observedValue", 17,
                          "observedUnit", "jobs",
                          "output", "seventeen wait",
                          "oldest", 4_000L))));

      run(application, "QueueCheck");
      assertThat(checks()).as("registered anew").hasSize(1);
      run(application, "QueueCheck$Gone");
      assertThat(checks()).isEmpty();
    }
  }

  @Test
  void tellsTwoApplicationsApartAndKeepsNeitherAlive() throws Exception {
    URLClassLoader one = application();
    URLClassLoader two = application();
    run(one, "QueueCheck");
    run(two, "QueueCheck");
    assertThat(checks()).hasSize(2);

    sonde.settle();
    run(one, "QueueCheck$Gone");
    assertThat(checks()).hasSize(1);
    one.close();
    two.close();
    one = null;
    two = null;

    SondeExtension.await(
        "the second application is gone",
        () -> {
          System.gc();
          return checks().isEmpty();
        });
  }

  private static List<CheckTable.Check> checks() {
    return sonde.recorder().checks().checks();
  }

  private static URLClassLoader application() {
    URL[] classes = {location(Health.class), location(QueueCheck.class)};
    return new URLClassLoader(classes, null);
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static void run(ClassLoader application, String name) throws Exception {
    String className = HealthChecksInstrumentationTest.class.getPackageName() + '.' + name;
    Class<?> type = Class.forName(className, true, application);
    ((Runnable) type.getDeclaredConstructor().newInstance()).run();
  }
}
