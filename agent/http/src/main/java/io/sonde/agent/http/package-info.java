// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * HTTP/1.1 over a socket of one's own, for what Sonde sends: spans, registrations. Nothing of the
 * application's is asked (Authenticator, CookieHandler, ProxySelector, TLS defaults), nothing is
 * observed, and everything is bounded in time and size. JDK only.
 */
package io.sonde.agent.http;
