// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** What gives connections out and takes them back: a JDBC pool, or a data store's client. */
public interface ConnectionSource {

  /** As in the health document. For Sonde's threads. */
  String name();
}
