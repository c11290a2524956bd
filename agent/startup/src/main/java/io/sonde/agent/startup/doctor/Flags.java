// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.util.List;

/** Flags of the JVM that change what Sonde can see, or what it costs. */
final class Flags {

  private Flags() {}

  static void tell(List<String> flags, boolean withSonde, Report report) {
    for (String flag : flags) {
      if (flag.startsWith("-XX:AOTCache=")) {
        aotCache(flag, withSonde, report);
      } else if (flag.startsWith("-XX:SharedArchiveFile=")) {
        report.jvm("AppCDS", flag + ": goes on working with Sonde");
      } else if (flag.equals("-Xshare:off")) {
        report.jvm("CDS", flag + ": it starts slower, and so does Sonde");
      } else if (flag.equals("-XX:-StackTraceInThrowable")) {
        report.finding(flag + ": exceptions have no stack trace", "take it away");
      } else if (flag.startsWith("-XX:TieredStopAtLevel=") || flag.equals("-Xint")) {
        report.jvm("compiler", flag + ": everything is slower, Sonde's part, too");
      } else if (flag.startsWith("-XX:+DisableAttachMechanism")) {
        report.jvm("attach", flag);
      }
    }
  }

  /** Seen on 25: the JVM refuses it, with any agent. */
  private static void aotCache(String flag, boolean withSonde, Report report) {
    report.jvm("AOT cache", flag);
    if (!withSonde) {
      report.finding(
          flag + ": a cache that was trained without an agent is refused with one",
          "train it again with -javaagent:sonde-agent.jar");
    }
  }
}
