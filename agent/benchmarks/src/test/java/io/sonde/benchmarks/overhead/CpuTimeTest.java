// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a {@code /proc/PID} of files. */
class CpuTimeTest {

  @TempDir Path process;

  @Test
  void sumsNanosecondsOfThreads() throws IOException {
    thread(1, "main", 5_000_000_123L);
    thread(2, "http-nio-8080-e", 1_000);
    stat(process, 500);
    CpuTime cpu = new CpuTime(process);

    CpuTime.Sample from = cpu.sample();
    thread(2, "http-nio-8080-e", 3_500);
    thread(3, "http-nio-8080-e", 500);
    CpuTime.Sample to = cpu.sample();

    assertThat(to.nanosSince(from)).isEqualTo(3_000);
    assertThat(cpu.nanosByGroup(from, to)).containsEntry("http-nio", 3_000L);
  }

  @Test
  void tellsWhatTheJitUses() throws IOException {
    thread(1, "C2 CompilerThre", 10);
    thread(2, "C1 CompilerThre", 20);
    thread(3, "main", 30);
    stat(process, 500);
    CpuTime cpu = new CpuTime(process);
    CpuTime.Sample from = cpu.sample();

    thread(1, "C2 CompilerThre", 110);
    thread(2, "C1 CompilerThre", 220);
    thread(3, "main", 330);

    assertThat(cpu.nanosOfCompilers(from, cpu.sample())).isEqualTo(300);
  }

  @Test
  void countsThreadsThatEndedInTicks() throws IOException {
    thread(1, "main", 1_000);
    stat(process, 500);
    CpuTime cpu = new CpuTime(process);

    CpuTime.Sample from = cpu.sample();
    stat(process, 507);
    CpuTime.Sample to = cpu.sample();

    assertThat(to.nanosSince(from)).isEqualTo(70_000_000);
  }

  @Test
  void readsTicksWhereThereIsNoSchedstat() throws IOException {
    thread(1, "sonde-pipeline", 0);
    Files.delete(process.resolve("task/1/schedstat"));
    stat(process.resolve("task/1"), 100);
    stat(process, 100);
    CpuTime cpu = new CpuTime(process);

    CpuTime.Sample from = cpu.sample();
    stat(process.resolve("task/1"), 101);
    CpuTime.Sample to = cpu.sample();

    assertThat(cpu.nanosByGroup(from, to)).containsEntry("sonde-pipeline", 10_000_000L);
  }

  private void thread(int id, String name, long nanos) throws IOException {
    Path task = Files.createDirectories(process.resolve("task/" + id));
    Files.writeString(task.resolve("comm"), name + "\n");
    Files.writeString(task.resolve("schedstat"), nanos + " 77 88\n");
  }

  /** User and system time are fields 14 and 15. */
  private static void stat(Path of, long ticks) throws IOException {
    Files.writeString(
        of.resolve("stat"),
        "42 (a name) S 1 2 3 4 5 6 7 8 9 10 " + (ticks - 30) + " 30 0 0 20 0\n");
  }
}
