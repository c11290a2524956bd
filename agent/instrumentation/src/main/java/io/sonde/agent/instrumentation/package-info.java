// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * The hooks of each library, one package a library, and the weaver that applies them.
 *
 * <p>{@link io.sonde.agent.instrumentation.Instrumentations} is the list. To add one, read {@code
 * jdkhttpserver}: an {@code …Instrumentation} with its advice, a {@code package-info} that says
 * what is hooked and read, and a test that extends a contract.
 */
package io.sonde.agent.instrumentation;
