// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * A small HTTP/1.1 server for {@code /health} and whatever else a caller adds: one thread, one
 * selector, nothing that a slow client can hold up.
 *
 * <pre>
 *  accept ─▶ Connection: RequestHead ─▶ Routes ─▶ Handler ─▶ Response ─▶ write ─▶ keep or close
 *            (at most 8 KB, 5 s)                  (quick!)
 * </pre>
 *
 * Not {@code com.sun.net.httpserver}: that is missing in many jlinked runtimes, lets a client hold
 * a thread while it sends its request, and is itself what an agent observes.
 */
package io.sonde.health.server;
