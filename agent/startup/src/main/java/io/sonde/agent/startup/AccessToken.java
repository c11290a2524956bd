// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.recording.AgentLog;
import io.sonde.health.server.Handler;
import io.sonde.health.server.Request;
import io.sonde.health.server.Response;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may see more than {@code /health}: a caller with the token, as {@code ?token=} (answered with
 * a cookie), cookie or {@code Authorization: Bearer}. Random at start unless set; {@code
 * console.token=none} opens the pages on loopback. Never written to a log.
 */
final class AccessToken {

  private static final String COOKIE = "sonde-token";
  private static final int RANDOM_BITS = 128;
  private static final List<String> LOOPBACK =
      Arrays.asList("127.0.0.1", "localhost", "[::1]", "::1");

  /** Null: open. */
  private final @Nullable String token;

  private AccessToken(@Nullable String token) {
    this.token = token;
  }

  static AccessToken of(Settings settings) {
    if (settings.isNone(Keys.CONSOLE_TOKEN)) {
      String host = settings.get(Keys.HEALTH_HOST);
      if (LOOPBACK.contains(host.toLowerCase(Locale.ROOT))) {
        return new AccessToken(null);
      }
      AgentLog.warn(
          "console.token=none: allowed on loopback only, not on " + host + "; using a random one");
    }
    String set = settings.find(Keys.CONSOLE_TOKEN);
    String file = settings.find(Keys.CONSOLE_TOKEN_FILE);
    if (set == null && file != null) {
      set = firstLine(file);
    }
    return new AccessToken(set == null ? random() : set);
  }

  /** Lets only those through that have the token; 401 for the others. */
  Handler guard(Handler handler) {
    return request -> {
      if (!isAllowed(request)) {
        return Response.error(401, "the token is missing or wrong")
            .with("WWW-Authenticate", "Bearer");
      }
      Response response = handler.handle(request);
      // Only ever the token itself: what a caller sends does not become a header.
      return matches(request.query().get("token"))
          ? response.with(
              "Set-Cookie", COOKIE + "=" + token + "; Path=/; HttpOnly; SameSite=Strict")
          : response;
    };
  }

  private boolean isAllowed(Request request) {
    if (token == null) {
      return isLoopback(request.header("Host"));
    }
    String bearer = request.header("Authorization");
    return matches(request.query().get("token"))
        || bearer != null && bearer.startsWith("Bearer ") && matches(bearer.substring(7).trim())
        || matches(cookie(request.header("Cookie")));
  }

  /** A page of another site must not reach an open one by giving its name our address. */
  private static boolean isLoopback(@Nullable String hostAndPort) {
    if (hostAndPort == null) {
      return true;
    }
    return LOOPBACK.contains(hostAndPort.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
  }

  private static @Nullable String cookie(@Nullable String header) {
    if (header != null) {
      for (String pair : header.split(";")) {
        if (pair.trim().startsWith(COOKIE + "=")) {
          return pair.trim().substring(COOKIE.length() + 1);
        }
      }
    }
    return null;
  }

  /** Takes the same time for every wrong token. */
  private boolean matches(@Nullable String given) {
    return given != null
        && token != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private static String random() {
    return new BigInteger(RANDOM_BITS, new SecureRandom()).toString(16);
  }

  private static @Nullable String firstLine(String file) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
      String line = in.readLine();
      return line == null || line.trim().isEmpty() ? null : line.trim();
    } catch (IOException e) {
      AgentLog.warn(
          "console.token-file="
              + file
              + ": cannot be read ("
              + e.getMessage()
              + "); using a random token");
      return null;
    }
  }
}
