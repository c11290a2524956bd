// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import io.sonde.bridge.SondeBridge;
import java.util.Map;

/**
 * What every server under test serves, whatever its programming model: call {@link #answer} with
 * the request's path and send what it returns. A request for {@code /async} is answered the same
 * way, but {@link #ASYNC_MILLIS} later and by another thread than the server's.
 */
public final class TestApplication {

  public static final int ASYNC_MILLIS = 150;

  /** What to send. */
  public record Answer(int status, String body, Map<String, String> headers) {}

  /** What {@code /boom} throws. */
  public static final class Boom extends RuntimeException {
    private static final long serialVersionUID = 1;

    Boom() {
      super("boom");
    }
  }

  private TestApplication() {}

  public static Answer answer(String path) {
    switch (path) {
      case "/hello":
      case "/async":
        return new Answer(200, "hello", Map.of());
      case "/created":
        return new Answer(201, "created", Map.of());
      case "/boom":
        throw new Boom();
      case "/own-id":
        return new Answer(200, "own", Map.of("X-Request-ID", "set-by-application"));
      case "/current":
        return new Answer(200, SondeBridge.current() == null ? "nothing" : "serving", Map.of());
      default:
        return new Answer(404, "not here", Map.of());
    }
  }
}
