// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * The {@code health} library in the application's own class loader: the checks that it registers
 * are served by the agent's copy.
 *
 * <pre>
 *  Health.register   ─▶ Health.exported(name, Supplier)   empty, there to be hooked
 *  Health.unregister ─▶ Health.withdrawn(Supplier)        … likewise
 * </pre>
 *
 * <p>The two copies share no class, so that only JDK types go over: a supplier of maps. It is kept
 * weakly; the library holds it while the check is registered. Advice runs on the thread that
 * registers, the check on Sonde's health thread. The agent's own copy is not woven: its loader
 * never is.
 */
package io.sonde.agent.instrumentation.healthchecks;
