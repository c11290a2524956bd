// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is given, or the first line of a file that may change: a Vault agent or Kubernetes
 * writes a new one there. Never in a message. One thread.
 */
public final class Secret {

  private final String key;
  private final @Nullable File file;
  private @Nullable String value;
  private long fileModified;
  private long fileLength;

  /**
   * @param key of the setting that names the file, for messages
   */
  public Secret(String key, @Nullable String given, @Nullable String file) {
    this.key = key;
    this.value = given;
    this.file = given != null || file == null ? null : new File(file);
  }

  /** Null: there is none. As of the last {@link #changed}. */
  public @Nullable String value() {
    return value;
  }

  /** Reads the file again when it is another one. One that cannot be read changes nothing. */
  public boolean changed() {
    if (file == null) {
      return false;
    }
    long modified = file.lastModified();
    long length = file.length();
    if (modified == fileModified && length == fileLength && modified != 0) {
      return false;
    }
    fileModified = modified;
    fileLength = length;
    return read(file);
  }

  private boolean read(File from) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(from), StandardCharsets.UTF_8))) {
      String line = in.readLine();
      String found = line == null || line.trim().isEmpty() ? null : line.trim();
      boolean other = found != null && !Objects.equals(found, value);
      value = found == null ? value : found;
      return other;
    } catch (IOException e) {
      AgentLog.once("secret" + from, key + "=" + from + ": cannot be read: " + e.getMessage());
      return false;
    }
  }
}
