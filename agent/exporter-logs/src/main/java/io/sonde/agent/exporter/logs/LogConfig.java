// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.LogLevels;
import io.sonde.agent.recording.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where lines go and which: the settings {@code logs.*}. Immutable. */
public final class LogConfig {

  private final List<LogstashAddress> logstash;
  private final boolean byTurns;
  private final List<LogstashAddress> lumberjack;
  private final boolean tls;
  private final @Nullable String truststore;
  private final @Nullable String truststorePassword;
  private final @Nullable String keystore;
  private final Secret keystorePassword;
  private final @Nullable ElasticsearchConfig elasticsearch;
  private final @Nullable String file;
  private final long maxSizeBytes;
  private final long maxAgeMillis;
  private final int keep;
  private final boolean stdout;
  private final @Nullable String spoolDirectory;
  private final long spoolMaxBytes;
  private final AccessSampler access;
  private final ClientIp clientIp;
  private final LogLevels levels;
  private final List<String> foldedFrames;

  private LogConfig(Builder from) {
    logstash = Collections.unmodifiableList(new ArrayList<>(from.logstash));
    byTurns = from.byTurns;
    lumberjack = Collections.unmodifiableList(new ArrayList<>(from.lumberjack));
    tls = from.tls;
    truststore = from.truststore;
    truststorePassword = from.truststorePassword;
    keystore = from.keystore;
    keystorePassword = from.keystorePassword;
    elasticsearch = from.elasticsearch;
    file = from.file;
    maxSizeBytes = from.maxSizeBytes;
    maxAgeMillis = from.maxAgeMillis;
    keep = from.keep;
    stdout = from.stdout;
    spoolDirectory = from.spoolDirectory;
    spoolMaxBytes = from.spoolMaxBytes;
    access = from.access;
    clientIp = from.clientIp;
    levels = from.levels;
    foldedFrames = from.foldedFrames;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** False when lines have nowhere to go. */
  public boolean anyDestination() {
    return !logstash.isEmpty()
        || !lumberjack.isEmpty()
        || elasticsearch != null
        || file != null
        || stdout;
  }

  /**
   * Opens a connection as events would be sent over, TLS included, and closes it: whether somebody
   * is there.
   *
   * @param address {@code host:port}
   * @throws IllegalArgumentException with what is wrong with the address
   */
  public void connect(String address, int timeoutMillis) throws IOException {
    for (LogstashAddress to : LogstashAddress.parse(address)) {
      new LogstashSockets(this).connect(to, timeoutMillis, (plain, socket) -> plain).close();
    }
  }

  List<LogstashAddress> logstash() {
    return logstash;
  }

  boolean byTurns() {
    return byTurns;
  }

  List<LogstashAddress> lumberjack() {
    return lumberjack;
  }

  boolean tls() {
    return tls;
  }

  @Nullable String truststore() {
    return truststore;
  }

  @Nullable String truststorePassword() {
    return truststorePassword;
  }

  @Nullable String keystore() {
    return keystore;
  }

  Secret keystorePassword() {
    return keystorePassword;
  }

  @Nullable ElasticsearchConfig elasticsearch() {
    return elasticsearch;
  }

  @Nullable String file() {
    return file;
  }

  long maxSizeBytes() {
    return maxSizeBytes;
  }

  long maxAgeMillis() {
    return maxAgeMillis;
  }

  int keep() {
    return keep;
  }

  boolean stdout() {
    return stdout;
  }

  SinkSpool spool(String destination) {
    return new SinkSpool(destination, spoolDirectory, spoolMaxBytes);
  }

  AccessSampler access() {
    return access;
  }

  ClientIp clientIp() {
    return clientIp;
  }

  LogLevels levels() {
    return levels;
  }

  List<String> foldedFrames() {
    return foldedFrames;
  }

  /** All destinations off, all else at the documented defaults. */
  public static final class Builder {

    private final List<LogstashAddress> logstash = new ArrayList<>();
    private boolean byTurns;
    private final List<LogstashAddress> lumberjack = new ArrayList<>();
    private boolean tls;
    private @Nullable String truststore;
    private @Nullable String truststorePassword;
    private @Nullable String keystore;
    private Secret keystorePassword = password(null, null);
    private @Nullable ElasticsearchConfig elasticsearch;
    private @Nullable String file;
    private long maxSizeBytes = 100L * 1024 * 1024;
    private long maxAgeMillis;
    private int keep = 5;
    private boolean stdout;
    private @Nullable String spoolDirectory;
    private long spoolMaxBytes;
    private AccessSampler access = AccessSampler.from(AccessSampler.Mode.ALL);
    private ClientIp clientIp = ClientIp.MASKED;
    private LogLevels levels = LogLevels.from(3);
    private List<String> foldedFrames = Collections.emptyList();

    private Builder() {}

    /**
     * Adds destinations for failing over, in order.
     *
     * @param addresses {@code host:port[,host:port…]}; an IPv6 address in brackets
     * @throws IllegalArgumentException with a message for the user
     */
    public Builder logstash(String addresses) {
      logstash.addAll(LogstashAddress.parse(addresses));
      return this;
    }

    /** A batch to each Logstash in turn, instead of all to the first that answers. */
    public Builder byTurns(boolean byTurns) {
      this.byTurns = byTurns;
      return this;
    }

    /** As {@link #logstash}, of inputs that speak the protocol of Beats and acknowledge. */
    public Builder lumberjack(String addresses) {
      lumberjack.addAll(LogstashAddress.parse(addresses));
      return this;
    }

    /** Of Logstash, whichever protocol. */
    public Builder tls(boolean tls) {
      this.tls = tls;
      return this;
    }

    /** Null: the JDK's own authorities. */
    public Builder truststore(@Nullable String path, @Nullable String password) {
      this.truststore = path;
      this.truststorePassword = password;
      return this;
    }

    /**
     * What a server gets that asks for a certificate.
     *
     * @param path null: nothing
     * @param passwordFile where the password is when it is not given; read again when it changes
     */
    public Builder keystore(
        @Nullable String path, @Nullable String password, @Nullable String passwordFile) {
      this.keystore = path;
      this.keystorePassword = password(password, passwordFile);
      return this;
    }

    /** Null: off. */
    public Builder elasticsearch(@Nullable ElasticsearchConfig config) {
      this.elasticsearch = config;
      return this;
    }

    /** Null: off. */
    public Builder file(@Nullable String path) {
      this.file = path;
      return this;
    }

    /** A file that would become longer is rolled over. */
    public Builder maxSizeBytes(long maxSizeBytes) {
      this.maxSizeBytes = Math.max(1, maxSizeBytes);
      return this;
    }

    /** A file whose first line is older is rolled over with the next; 0: none is. */
    public Builder maxAgeMillis(long maxAgeMillis) {
      this.maxAgeMillis = maxAgeMillis;
      return this;
    }

    /** Rolled files that are kept, at least 1. */
    public Builder keep(int keep) {
      this.keep = Math.max(1, keep);
      return this;
    }

    public Builder stdout(boolean stdout) {
      this.stdout = stdout;
      return this;
    }

    /**
     * Where lines wait that a destination has not taken.
     *
     * @param directory null: in memory
     * @param maxBytes of each destination
     */
    public Builder spool(@Nullable String directory, long maxBytes) {
      this.spoolDirectory = directory;
      this.spoolMaxBytes = maxBytes;
      return this;
    }

    /** Which requests make an access event. */
    public Builder access(AccessSampler access) {
      this.access = access;
      return this;
    }

    public Builder clientIp(ClientIp clientIp) {
      this.clientIp = clientIp;
      return this;
    }

    /** The application's events below them are left out. */
    public Builder levels(LogLevels levels) {
      this.levels = levels;
      return this;
    }

    /** Beginnings of class names whose frames in a row are one line of a stack trace. */
    public Builder foldedFrames(List<String> prefixes) {
      this.foldedFrames = Collections.unmodifiableList(new ArrayList<>(prefixes));
      return this;
    }

    private static Secret password(@Nullable String given, @Nullable String file) {
      return new Secret("logs.tls.keystore-password-file", given, file);
    }

    public LogConfig build() {
      return new LogConfig(this);
    }
  }
}
