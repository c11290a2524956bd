// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.spool;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import org.jspecify.annotations.Nullable;

/** A directory that this process has for itself: several JVMs may share one setting. */
final class Claim {

  /** JVMs on one host with one setting; beyond it somebody restarts without end. */
  private static final int MOST = 64;

  private final File directory;
  private final RandomAccessFile lockFile;

  private Claim(File directory, RandomAccessFile lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /** The lowest number that nobody has: after a restart it is the one of before. */
  static Claim first(File parent, String name) throws IOException {
    for (int number = 0; number < MOST; number++) {
      Claim claim = take(new File(parent, name + "-" + number));
      if (claim != null) {
        return claim;
      }
    }
    throw new IOException(parent + ": " + MOST + " processes use it already");
  }

  File directory() {
    return directory;
  }

  void release() {
    try {
      lockFile.close();
    } catch (IOException e) {
      // The lock ends with the process.
    }
  }

  private static @Nullable Claim take(File directory) throws IOException {
    make(directory);
    RandomAccessFile file = new RandomAccessFile(new File(directory, "lock"), "rw");
    boolean locked = false;
    try {
      FileLock lock = file.getChannel().tryLock();
      locked = lock != null;
      return locked ? new Claim(directory, file) : null;
    } catch (OverlappingFileLockException e) {
      return null; // Another spool of this JVM.
    } finally {
      if (!locked) {
        file.close();
      }
    }
  }

  /** Lines hold what users do: nobody else is to read them. */
  private static void make(File directory) throws IOException {
    if (directory.isDirectory()) {
      return;
    }
    if (!directory.mkdirs() && !directory.isDirectory()) {
      throw new IOException("cannot make the directory " + directory);
    }
    directory.setReadable(false, false);
    directory.setReadable(true, true);
    directory.setExecutable(false, false);
    directory.setExecutable(true, true);
    directory.setWritable(false, false);
    directory.setWritable(true, true);
  }
}
