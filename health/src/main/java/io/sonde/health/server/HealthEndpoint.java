// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import io.sonde.health.Health;
import io.sonde.health.HealthReport;
import io.sonde.health.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** {@code /health} and what is below it; the table is in the module's README. */
final class HealthEndpoint implements Handler {

  static final String PATH = "/health";
  private static final String POOL = PATH + "/pool/";
  private static final String CONSUL = "Consul Health Check";
  private static final String RETRY_SECONDS = "10";
  private static final List<String> OWN_PARAMETERS = Arrays.asList("view", "service", "warn");

  private final Health health;

  HealthEndpoint(Health health) {
    this.health = health;
  }

  @Override
  public Response handle(Request request) {
    String path = request.path();
    if (!isForThisService(request)) {
      return respond(request, health.failing(health.service().name() + " answers here"), 200);
    }
    switch (path) {
      case PATH:
      case PATH + "/":
        return respond(request, health.report(), warnCode(request));
      case PATH + "/live":
        return respond(request, health.live(), 200);
      case PATH + "/ready":
        return respond(request, health.ready(), 200);
      case PATH + "/startup":
        return respond(request, health.startup(), 200);
      default:
        return one(request, path);
    }
  }

  private Response one(Request request, String path) {
    try {
      HealthReport some = some(request, path);
      return some == null
          ? Response.error(404, "no such check")
          : respond(request, some, warnCode(request));
    } catch (NoSuchElementException e) {
      return Response.error(404, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return Response.error(400, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable HealthReport some(Request request, String path) {
    Map<String, String> parameters = new HashMap<>(request.query());
    parameters.keySet().removeAll(OWN_PARAMETERS);
    HealthReport answer =
        parameters.isEmpty() ? null : health.answer(path.substring(PATH.length() + 1), parameters);
    return answer == null ? some(path) : answer;
  }

  private @Nullable HealthReport some(String path) {
    return path.startsWith(POOL)
        ? health.report().pool(path.substring(POOL.length()))
        : health.report().check(path.substring(PATH.length() + 1));
  }

  private boolean isForThisService(Request request) {
    String wanted = request.query().get("service");
    return wanted == null || wanted.equals(health.service().name());
  }

  // The health draft wants 2xx for warn, and Kubernetes takes 429 for a failure; to Consul 429 is
  // the one code that means warning.
  private static int warnCode(Request request) {
    String agent = request.header("User-Agent");
    boolean consul = agent != null && agent.startsWith(CONSUL);
    return consul || "429".equals(request.query().get("warn")) ? 429 : 200;
  }

  private static Response respond(Request request, HealthReport report, int warnCode) {
    boolean brief = "brief".equals(request.query().get("view"));
    byte[] body = (brief ? report.brief() : report.json()).getBytes(StandardCharsets.UTF_8);
    int code = code(report.status(), warnCode);
    Response response = Response.of(code, "application/health+json", body);
    return code == 503 ? response.with("Retry-After", RETRY_SECONDS) : response;
  }

  private static int code(Status status, int warnCode) {
    return status == Status.FAIL ? 503 : status == Status.WARN ? warnCode : 200;
  }
}
