// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * What is promised of {@code sonde-agent.jar}: forked JVMs run it as it is shipped, and sinks on
 * sockets, Zipkin, Consul and PostgreSQL say what came. The applications are in {@code src/apps}.
 */
package io.sonde.dist;
