// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * What every instrumentation promises, as tests to extend: {@code HttpServerContract} and {@code
 * HttpClientContract}. {@code SondeExtension} weaves real libraries, the JDK's classes included, in
 * the tests' own JVM; both ends of a connection that are not under test are plain sockets.
 */
package io.sonde.agent.instrumentation.contract;
