// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** The contract's application, and what only a servlet can do. */
final class Scenarios {

  /** Counted down when the thread of {@code /stream} has seen that its client is gone. */
  static volatile CountDownLatch streamBroken = new CountDownLatch(1);

  private Scenarios() {}

  static void serve(WebRequest web) throws IOException {
    switch (web.path()) {
      case "/async":
        web.startAsync(0);
        later(
            () -> {
              Thread.sleep(TestApplication.ASYNC_MILLIS);
              answer(web);
              web.complete();
            });
        break;
      case "/dispatch":
        if (web.dispatched()) {
          write(web, SondeBridge.current() == null ? "nothing" : "serving");
        } else {
          web.startAsync(0);
          later(web::dispatch);
        }
        break;
      case "/dispatch-boom":
        if (web.dispatched()) {
          throw new IllegalStateException("after dispatch");
        }
        web.startAsync(0);
        later(web::dispatch);
        break;
      case "/started-boom":
        web.startAsync(0);
        throw new IllegalStateException("after start");
      case "/seen":
        write(web, web.headers("b3") + " " + web.headers("x-request-id"));
        break;
      case "/redirect":
        web.setHeader("Location", "/seen");
        web.status(302);
        break;
      case "/never":
        web.startAsync(0);
        break;
      case "/timeout":
        web.startAsync(100);
        break;
      case "/stream":
        web.startAsync(0);
        later(() -> stream(web));
        break;
      case "/big":
        write(web, "x".repeat(100_000));
        break;
      case "/adds-id":
        web.addHeader("x-request-id", "added-by-application");
        write(web, "added");
        break;
      case "/reset":
        web.reset();
        write(web, "reset");
        break;
      case "/conflict":
        web.sendError(409);
        break;
      case "/upload":
        web.in().readAllBytes();
        write(web, "uploaded");
        break;
      case "/committed-boom":
        write(web, "half");
        web.out().flush();
        throw new IllegalStateException("too late");
      case "/error-page":
        write(web, "sorry");
        break;
      default:
        answer(web);
    }
  }

  private static void answer(WebRequest web) throws IOException {
    Answer answer = TestApplication.answer(web.path());
    web.status(answer.status());
    answer.headers().forEach(web::setHeader);
    write(web, answer.body());
  }

  private static void write(WebRequest web, String text) throws IOException {
    web.out().write(text.getBytes(UTF_8));
  }

  /** Until the client is gone; then Tomcat ends the request. */
  private static void stream(WebRequest web) {
    byte[] event = "data: tick\n\n".repeat(1_000).getBytes(UTF_8);
    try {
      while (true) {
        web.out().write(event);
        web.out().flush();
      }
    } catch (IOException e) {
      streamBroken.countDown();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void later(Work work) {
    new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            })
        .start();
  }
}
