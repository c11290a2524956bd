// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the operating system knows of this process. Without JMX, which takes 100 ms to load. */
final class ProcessFacts {

  private static final Pattern CGROUP = Pattern.compile("[/-]([0-9a-f]{64})(?:\\.scope)?$");

  /** With cgroup 2 the first file says only {@code 0::/}; the hostname's mount tells. */
  private static final Pattern MOUNT = Pattern.compile("/containers/([0-9a-f]{64})/hostname");

  /** Neither file is longer but by mistake. */
  private static final int MAX_LINES = 1_000;

  private ProcessFacts() {}

  /** 0 when nobody tells. */
  static long pid() {
    try {
      // Java 9 and later, whatever the system.
      Class<?> handle = Class.forName("java.lang.ProcessHandle");
      Object current = handle.getMethod("current").invoke(null);
      return (Long) handle.getMethod("pid").invoke(current);
    } catch (ReflectiveOperationException onJava8) {
      return linuxPid();
    }
  }

  /** Docker's and containerd's 64 hex digits; null outside of a container. */
  static @Nullable String containerId() {
    String id = find("/proc/self/cgroup", CGROUP);
    return id != null ? id : find("/proc/self/mountinfo", MOUNT);
  }

  /** The first group of the first line that matches; null when none does or nothing can be read. */
  static @Nullable String find(String file, Pattern pattern) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      for (int i = 0; i < MAX_LINES && line != null; i++, line = lines.readLine()) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
    } catch (IOException notLinux) {
      return null;
    }
    return null;
  }

  private static long linuxPid() {
    try {
      return Long.parseLong(new File("/proc/self").getCanonicalFile().getName());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
