// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

/** The threads that serve requests, of all servers together. Getters only; any thread. */
public interface ServerThreads {

  /** Nobody tells. */
  ServerThreads UNKNOWN =
      new ServerThreads() {
        @Override
        public int busy() {
          return -1;
        }

        @Override
        public int max() {
          return -1;
        }
      };

  /** -1 when not known. */
  int busy();

  /** -1 when not known. */
  int max();
}
