// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.helidon.http;

import java.util.Optional;

/** What advice calls of Helidon 4. Compiled against, never shipped. */
public interface ServerRequestHeaders {

  Optional<String> first(HeaderName name);
}
