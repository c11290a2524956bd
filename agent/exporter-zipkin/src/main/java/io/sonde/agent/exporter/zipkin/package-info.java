// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Sampled exchanges as spans in Zipkin's v2 format, in batches over HTTP.
 *
 * <pre>
 *  sonde-pipeline │ sonde-zipkin
 *  ZipkinExporter ┼▶ DestinationWorker ─▶ SpanDelivery ─▶ SpanSender ─▶ http
 *    (offers)     │                       │ batch, retry,   (one message, keep-alive)
 *                 │                       │ split, ledger
 *                 │                       └▶ SpanMapper ─▶ JsonSpanWriter | Proto3SpanWriter
 *                 │                          (exchange to span)  (into the SpanBatch)
 * </pre>
 *
 * The wire format is zipkin-reporter's. Its {@code AsyncReporter} is not used: it ends for good on
 * an {@code Error}, cannot say what became of which span, and logs through JUL, which an agent must
 * not touch. See <a href="https://zipkin.io/zipkin-api/">Zipkin's API</a>.
 */
package io.sonde.agent.exporter.zipkin;
