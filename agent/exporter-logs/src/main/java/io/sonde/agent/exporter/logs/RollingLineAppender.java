// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import ch.qos.logback.core.util.FileUtil;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Logback's rolling file appender for lines that are encoded already: {@code app.json}, then {@code
 * app.json.1} (the newest) to {@code app.json.5}.
 *
 * <p>Differs in one thing: it writes to the file directly. Logback's own stream swallows failures
 * and recovers by itself, so that nobody knows which lines were lost; here one failure stops the
 * appender, and the sink opens a new one. Each line is one write in append mode, so that lines of
 * two JVMs that share a file stay whole. One thread.
 */
final class RollingLineAppender extends RollingFileAppender<byte[]> {

  private final Limits limits;
  private @Nullable String failure;

  /** A pipe or a device has no length. */
  private boolean regular;

  /** Of the file, at least: another JVM may write to it, too. */
  private long length;

  /**
   * @param maxAgeMillis of a file's first line; 0: any
   */
  RollingLineAppender(String path, long maxSizeBytes, long maxAgeMillis, int keep) {
    QuietContext context = new QuietContext();
    setContext(context);
    setName("logs.file");
    setFile(path);
    setEncoder(new AsItIs());
    Window window = new Window();
    window.setContext(context);
    window.setParent(this);
    window.setFileNamePattern(path + ".%i");
    window.setMinIndex(1);
    window.setMaxIndex(keep);
    window.start();
    setRollingPolicy(window);
    limits = new Limits(maxSizeBytes, maxAgeMillis);
    limits.start();
    setTriggeringPolicy(limits);
  }

  /** Why it is not open, or null. */
  @Nullable String failure() {
    return failure;
  }

  /** What is written is not at the end of the file of that name any more. */
  boolean isLost() {
    return regular && new File(getFile()).length() < length;
  }

  /** False when the line is lost; then the appender is of no more use. */
  boolean write(byte[] line) {
    doAppend(line);
    return isStarted() && getOutputStream() != null && failure == null;
  }

  @Override
  public void openFile(String path) throws IOException {
    try {
      File file = new File(path);
      FileUtil.createMissingParentDirectories(file);
      boolean torn = endsWithinLine(file);
      limits.began(file);
      FileOutputStream out = new FileOutputStream(file, true);
      setOutputStream(out);
      if (torn) {
        out.write('\n');
      }
      regular = file.isFile();
      length = file.length();
    } catch (IOException e) {
      failure = e.getMessage();
      throw e;
    }
  }

  @Override
  protected void writeOut(byte[] line) throws IOException {
    try {
      super.writeOut(line);
      length += line.length;
    } catch (IOException e) {
      failure = e.getMessage();
      throw e;
    }
  }

  /** A disk that was full, or a kill, leaves half a line: the next one must not continue it. */
  private static boolean endsWithinLine(File file) throws IOException {
    if (file.length() == 0) {
      return false;
    }
    try (RandomAccessFile content = new RandomAccessFile(file, "r")) {
      content.seek(content.length() - 1);
      return content.read() != '\n';
    }
  }

  private static final class AsItIs extends EncoderBase<byte[]> {

    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
      return NOTHING;
    }

    @Override
    public byte[] encode(byte[] line) {
      return line;
    }

    @Override
    public byte[] footerBytes() {
      return NOTHING;
    }
  }

  private static final class Window extends FixedWindowRollingPolicy {

    /** Logback's own limit of 20 would silently overrule the setting. */
    @Override
    protected int getMaxWindowSize() {
      return Integer.MAX_VALUE;
    }
  }

  /** Logback's own policy looks once a minute: a busy minute would be far over the limit. */
  private static final class Limits extends TriggeringPolicyBase<byte[]> {

    private final long maxSizeBytes;
    private final long maxAgeMillis;
    private long beganMillis;

    Limits(long maxSizeBytes, long maxAgeMillis) {
      this.maxSizeBytes = maxSizeBytes;
      this.maxAgeMillis = maxAgeMillis;
    }

    /** One that was there is as old as the file system says, where it knows. */
    void began(File file) throws IOException {
      beganMillis =
          file.length() == 0
              ? System.currentTimeMillis()
              : Files.readAttributes(file.toPath(), BasicFileAttributes.class)
                  .creationTime()
                  .toMillis();
    }

    @Override
    public boolean isTriggeringEvent(File active, byte[] line) {
      long length = active.length();
      return length > 0 && (length + line.length > maxSizeBytes || isOld());
    }

    private boolean isOld() {
      return maxAgeMillis > 0 && System.currentTimeMillis() - beganMillis >= maxAgeMillis;
    }
  }
}
