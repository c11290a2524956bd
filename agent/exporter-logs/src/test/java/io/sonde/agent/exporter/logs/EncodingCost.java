// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.sun.management.ThreadMXBean;
import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.FinishedExchange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;

/**
 * Time and garbage of encoding one line, printed: the median of seven rounds of 100,000. A main
 * class, not a test: a loaded machine must not fail a build.
 */
final class EncodingCost {

  private static final int ROUND = 100_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private EncodingCost() {}

  public static void main(String[] args) throws IOException {
    Line access =
        Line.of(
            FinishedExchange.server()
                .request("GET", "/users/7", "page=2&token=s3cret")
                .from("192.0.2.17", "Mozilla/5.0 (X11; Linux x86_64)")
                .handler("UserController#find(long)")
                .get());
    Map<String, String> mdc = Map.of("tenant", "seven");
    Line log = Line.of(Samples.log("sold out", null, mdc, FinishedExchange.server().get()));
    Line error = Line.of(Samples.error(new IllegalStateException("outer", new Error("x")), null));

    print("access", access);
    print("log", log);
    print("error", error);
  }

  private static void print(String name, Line line) throws IOException {
    LineEncoder encoder =
        new LineEncoder(
            Samples.SHOP,
            Samples.MASK,
            Samples.MESSAGES,
            ClientIp.MASKED,
            new LabelNames(),
            Samples.FOLDED);
    LineBatch batch = new LineBatch();
    long[] nanos = new long[7];
    long allocated = 0;
    for (int round = 0; round < nanos.length; round++) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long begin = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < ROUND; i++) {
        encoder.encode(line, batch);
        batch.rollback();
      }
      nanos[round] = (THREADS.getCurrentThreadCpuTime() - begin) / ROUND;
      allocated = (THREADS.getCurrentThreadAllocatedBytes() - bytes) / ROUND;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%s: %d ns of CPU, %d bytes of garbage, %d bytes of line%n",
        name, nanos[3], allocated, Samples.encode(line).length());
  }
}
