// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * The entry, in the system loader. Touches no logging, JMX, NIO file system or HTTP: the
 * application may want to be first.
 */
package io.sonde.premain;
