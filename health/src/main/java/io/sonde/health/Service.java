// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose health it is: the head of the document. Immutable. */
public final class Service {

  private static final int MAX_NOTES = 4;

  private final String name;
  private final String instance;
  private final @Nullable String version;
  private final List<String> notes;

  private Service(String name, String instance, @Nullable String version, List<String> notes) {
    this.name = name;
    this.instance = instance;
    this.version = version;
    this.notes = notes;
  }

  /** A service with one instance, of no known version. */
  public static Service named(String name) {
    return new Service(name, name, null, Collections.emptyList());
  }

  /** The document's {@code serviceId}, e.g. {@code orders-7f9c-1}. */
  public Service instance(String newInstance) {
    return new Service(name, newInstance, version, notes);
  }

  public Service version(@Nullable String newVersion) {
    return new Service(name, instance, newVersion, notes);
  }

  /** Adds one of the document's {@code notes}, e.g. {@code sonde 0.1.0}. The fifth is ignored. */
  public Service note(String note) {
    if (notes.size() == MAX_NOTES) {
      return this;
    }
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Service(name, instance, version, Collections.unmodifiableList(more));
  }

  /** What {@code ?service=} is compared with, and the document's {@code description}. */
  public String name() {
    return name;
  }

  public String instance() {
    return instance;
  }

  public @Nullable String version() {
    return version;
  }

  public List<String> notes() {
    return notes;
  }
}
