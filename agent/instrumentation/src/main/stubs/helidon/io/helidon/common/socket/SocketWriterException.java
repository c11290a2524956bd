// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.helidon.common.socket;

/** What advice calls of Helidon 4. Compiled against, never shipped. */
public abstract class SocketWriterException extends RuntimeException {}
