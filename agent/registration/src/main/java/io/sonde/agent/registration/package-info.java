// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Tells a registry where this service and its {@code /health} are, and takes it back.
 *
 * <pre>
 *  sonde-consul, sonde-etcd (one thread each)
 *  Registration ─▶ Registry ─┬▶ ConsulRegistry ─┬▶ RestClient ─▶ http
 *  when, how often,          └▶ EtcdRegistry   ─┘
 *  what is told
 * </pre>
 *
 * See Consul's <a href="https://developer.hashicorp.com/consul/api-docs/agent/service">agent
 * API</a> and etcd's <a href="https://etcd.io/docs/v3.4/dev-guide/api_grpc_gateway/">JSON
 * gateway</a>.
 */
package io.sonde.agent.registration;
