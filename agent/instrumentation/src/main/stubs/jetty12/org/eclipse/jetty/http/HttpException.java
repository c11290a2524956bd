// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.http;

/** A bad request, e.g.: what advice asks for in Jetty 12. Compiled against, never shipped. */
public interface HttpException {}
