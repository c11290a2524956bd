// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@code /proc} says about a process. Elsewhere than on Linux it says nothing. */
final class ProcFiles {

  /** SIGQUIT, by which the JVM is asked to listen for {@code attach}, in the mask of signals. */
  private static final long SIGQUIT = 1L << 2;

  private static final int MAX = 32 << 20;
  private static final String LISTENING = "0A";

  private final String folder;

  ProcFiles(long pid) {
    folder = "/proc/" + pid;
  }

  /** Why the JVM in it cannot be asked; null when nothing speaks against it. */
  @Nullable String obstacle(long pid) {
    if (!new File("/proc/self/status").exists()) {
      return null;
    }
    String status = text("status");
    if (status == null) {
      return "no process " + pid;
    }
    if (status.contains("\nState:\tZ")) {
      return "process " + pid + " has ended";
    }
    if (!sameUser()) {
      return "process " + pid + " belongs to another user (" + owner() + "): run this as that user";
    }
    String maps = text("maps");
    if (maps != null && !maps.contains("libjvm.so")) {
      return "process " + pid + " is not a JVM";
    }
    if (disabled()) {
      return "process "
          + pid
          + " was started with -XX:+DisableAttachMechanism: start it without,"
          + " or give its jar instead of its process id";
    }
    if (status.contains("\nState:\tT")) {
      return "process "
          + pid
          + " is stopped and cannot answer: let it go on (kill -CONT "
          + pid
          + ")";
    }
    // Where nobody catches the signal it would end the process.
    return (caught(status) & SIGQUIT) != 0
        ? null
        : "process " + pid + " does not take SIGQUIT (-Xrs?), without which nobody can attach";
  }

  /** Its variables; empty when they cannot be read. */
  Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    String text = text("environ");
    for (String pair : text == null ? new String[0] : text.split("\0")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        variables.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return variables;
  }

  /** A file as the process knows it: it may live in a container. */
  File file(String path) {
    return isElsewhere() ? new File(folder + "/root" + path) : new File(path);
  }

  boolean isElsewhere() {
    try {
      return !link("ns/mnt")
              .equals(Files.readSymbolicLink(new File("/proc/self/ns/mnt").toPath()).toString())
          || !link("root").equals("/");
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** TCP ports on which it accepts; empty when that cannot be known. */
  Set<Integer> listening() {
    Set<Integer> ports = new TreeSet<>();
    Set<String> own = sockets();
    for (String table : Arrays.asList("net/tcp", "net/tcp6")) {
      String text = text(table);
      for (String line : text == null ? new String[0] : text.split("\n")) {
        String[] columns = line.trim().split("\\s+");
        if (columns.length > 9 && columns[3].equals(LISTENING) && own.contains(columns[9])) {
          ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private Set<String> sockets() {
    Set<String> inodes = new HashSet<>();
    File[] descriptors = new File(folder, "fd").listFiles();
    for (File descriptor : descriptors == null ? new File[0] : descriptors) {
      try {
        String target = Files.readSymbolicLink(descriptor.toPath()).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      } catch (IOException | RuntimeException e) {
        // Closed meanwhile.
      }
    }
    return inodes;
  }

  private boolean disabled() {
    String line = text("cmdline");
    Map<String, String> variables = environment();
    String all =
        line
            + "\0"
            + variables.get("JAVA_TOOL_OPTIONS")
            + "\0"
            + variables.get("JDK_JAVA_OPTIONS")
            + "\0"
            + variables.get("_JAVA_OPTIONS");
    return all.lastIndexOf("-XX:+DisableAttachMechanism")
        > all.lastIndexOf("-XX:-DisableAttachMechanism");
  }

  private static long caught(String status) {
    int at = status.indexOf("\nSigCgt:\t");
    if (at < 0) {
      return SIGQUIT;
    }
    String mask = status.substring(at + "\nSigCgt:\t".length()).split("\n")[0].trim();
    return Long.parseUnsignedLong(mask, 16);
  }

  private boolean sameUser() {
    try {
      return Files.getAttribute(new File(folder).toPath(), "unix:uid")
          .equals(Files.getAttribute(new File("/proc/self").toPath(), "unix:uid"));
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  private String owner() {
    try {
      return Files.getOwner(new File(folder).toPath()).getName();
    } catch (IOException | RuntimeException e) {
      return "unknown";
    }
  }

  private String link(String name) throws IOException {
    return Files.readSymbolicLink(new File(folder, name).toPath()).toString();
  }

  private @Nullable String text(String name) {
    try (InputStream in = new FileInputStream(new File(folder, name))) {
      return new String(Source.read(in, MAX), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return null;
    }
  }
}
