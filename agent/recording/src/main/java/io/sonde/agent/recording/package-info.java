// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * From a call of the bridge to a finished exchange in every exporter's hands.
 *
 * <pre>
 *  application's thread                        │ sonde-pipeline              │ sonde-&lt;destination&gt;
 *  bridge ─▶ Recorder ─▶ ExchangeQueue ────────┼─▶ Pipeline ─▶ Exporter … ───┼─▶ DestinationWorker
 *              └▶ LiveTable (in flight)        │   (settles route, errors)   │   (encodes, sends)
 * </pre>
 *
 * The application's thread takes no lock and does no I/O. The pipeline's thread owns all aggregates
 * and never blocks. A destination's thread may block, at its own cost only.
 */
package io.sonde.agent.recording;
