// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client of ours sends. */
class BadInputTest {

  private static final long SEED = 7_633;
  private static final String SECRET = "for the token only";

  private static final String[] PARTS = {
    "GET",
    "HEAD",
    "POST",
    "get",
    " ",
    "  ",
    "/",
    "//",
    "/health",
    "/health/live",
    "/sonde/status",
    "..",
    "/../",
    "%2e%2e",
    "%2f",
    "%00",
    "%",
    "%zz",
    "%c0%ae",
    "?",
    "&",
    "=",
    "service=",
    "http://",
    "https://x",
    "*",
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/0.9",
    "HTTP/2.0",
    "HTTP/9",
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "\n\n",
    "\0",
    "\t",
    ":",
    "Host: a",
    "Host:",
    "Content-Length: 5",
    "Content-Length: -1",
    "Content-Length: 99999999999999999999",
    "Transfer-Encoding: chunked",
    "Connection: close",
    "Connection: keep-alive",
    "Expect: 100-continue",
    "Upgrade: h2c",
    "X: " + "y".repeat(300),
    "a".repeat(500),
    "\u00e4",
    "\u00ff\u00fe",
    "\u0016\u0003\u0001\u0002\u0000\u0001"
  };

  private final LocalServer local = new LocalServer();

  @BeforeEach
  void addAGuardedPage() {
    local.server.handle("/sonde/status", request -> Response.json(200, SECRET));
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/../sonde/status",
        "/health/%2e%2e/sonde/status",
        "/health/%2E%2E/sonde/status",
        "/health/..%2fsonde/status",
        "/./sonde/status",
        "//sonde/status",
        "/%2fsonde/status",
        "/health//sonde/status",
        "/health%00/../sonde/status",
        "/sonde/status%00",
        "/sonde/status;a=b",
        "/sonde\\status",
        "/sonde%5cstatus",
        "/sonde%255cstatus",
        "/%252e%252e/sonde/status",
        "/%c0%ae%c0%ae/sonde/status",
        "/SONDE/STATUS",
        "sonde/status",
        "https://x/sonde/status",
        "ftp://x/sonde/status",
        "x:y@/sonde/status"
      })
  void aTrickedPathFindsNothing(String target) throws Exception {
    String answer =
        local.raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "/health%2Flive, 200",
    "/%68ealth, 200",
    "/sonde%2Fstatus, 200",
    "http://evil/sonde/status, 200"
  })
  void aPathIsDecodedOnceAndThenTheSameForAll(String target, int status) throws Exception {
    String head = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    assertThat(local.raw("GET " + target + head)).startsWith("HTTP/1.1 " + status);
    assertThat(local.raw("POST " + target + head)).startsWith("HTTP/1.1 405");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1",
        "Content-Length: +1",
        "Content-Length: 0x10",
        "Content-Length: 1, 1",
        "Content-Length: five",
        "Content-Length:",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked"
      })
  void aBodyWithoutACertainEndIsRefused(String headers) throws Exception {
    assertThat(local.raw("GET /health HTTP/1.1\r\n" + headers + "\r\n\r\nbody!"))
        .startsWith("HTTP/1.1 400")
        .contains("Connection: close");
  }

  @Test
  void aBodyIsNotTakenForAnotherRequest() throws Exception {
    String smuggled = "GET /sonde/status HTTP/1.1\r\nHost: x\r\n\r\n";
    String sized = "Content-Length: " + smuggled.length();

    assertThat(local.raw("GET /health HTTP/1.1\r\n" + sized + "\r\n\r\n" + smuggled))
        .startsWith("HTTP/1.1 200")
        .doesNotContain(SECRET);
    assertThat(local.raw("GET /health HTTP/1.1\r\nTransfer-Encoding: x\r\n\r\n" + smuggled))
        .startsWith("HTTP/1.1 200")
        .doesNotContain(SECRET);
  }

  @Test
  void whatACallerSendsDoesNotBecomeAHeader() throws Exception {
    String injected = "%0d%0aX-Evil:%20y%0d%0a%0d%0a<html>";

    for (String target :
        new String[] {
          "/health?service=" + injected, "/health?view=" + injected, "/x?" + injected
        }) {
      assertThat(local.raw("GET " + target + " HTTP/1.0\r\n\r\n"))
          .startsWith("HTTP/1.1 ")
          .doesNotContain("X-Evil")
          .doesNotContain("<html>");
    }
    assertThat(local.raw("GET /health/" + injected + " HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void anOldOrForeignProtocolIsNotSpoken() throws Exception {
    assertThat(local.raw("GET /health\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(local.raw("GET /health HTTP/0.9\r\n\r\n")).startsWith("HTTP/1.1 505");
    assertThat(local.raw("CONNECT x:443 HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(halfClosed("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001")).isEmpty();
    assertThat(halfClosed("GET /health\r\n")).isEmpty();
  }

  /** The parser by itself: 5,000 heads in pieces of any size. */
  @Test
  void noHeadMakesTheParserThrowAnythingElse() {
    Random random = new Random(SEED);
    int parsed = 0;
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = head(random).getBytes(StandardCharsets.ISO_8859_1);
      RequestHead head = new RequestHead();
      try {
        for (int at = 0; at < bytes.length && head.room() > 0; ) {
          int size = Math.min(head.room(), 1 + random.nextInt(bytes.length - at));
          byte[] piece = new byte[size];
          System.arraycopy(bytes, at, piece, 0, size);
          head.add(piece, size);
          at += size;
          Request request = head.poll();
          if (request != null) {
            assertThat(request.path()).startsWith("/");
            parsed++;
            break;
          }
        }
      } catch (BadRequest e) {
        assertThat(e.response().status()).isIn(400, 414, 431, 505);
        refused++;
      }
    }
    assertThat(parsed).as("of 5,000 random heads were good").isGreaterThan(50);
    assertThat(refused).as("of 5,000 random heads were bad").isGreaterThan(2_000);
  }

  /** The same over sockets: an answer or the end, and the server goes on. */
  @Test
  void noHeadIsAnsweredBy500OrNotAtAll() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      String head = head(random);
      String answer = halfClosed(head);

      assertThat(answer)
          .as(() -> "the answer to " + head)
          .matches("(?s)|HTTP/1.1 (200|400|404|405|414|431|503|505) .*");
    }
    assertThat(local.get("/health").statusCode()).isEqualTo(200);
  }

  private static String head(Random random) {
    StringBuilder head = new StringBuilder();
    boolean sane = random.nextInt(4) > 0;
    if (sane) {
      head.append("GET /health").append(pick(random)).append(" HTTP/1.1\r\n");
    }
    int parts = random.nextInt(12);
    for (int i = 0; i < parts; i++) {
      head.append(
          random.nextInt(20) == 0 ? String.valueOf((char) random.nextInt(256)) : pick(random));
      head.append(sane && random.nextBoolean() ? "\r\n" : "");
    }
    return head.append(random.nextInt(5) == 0 ? "" : "\r\n\r\n").toString();
  }

  private static String pick(Random random) {
    return PARTS[random.nextInt(PARTS.length)];
  }

  /** What comes after the text and the end of the stream; a reset ends it too. */
  private String halfClosed(String text) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = local.connect()) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answer);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("hangs on " + text, e);
    } catch (IOException e) {
      // reset
    }
    return answer.toString(StandardCharsets.UTF_8);
  }
}
