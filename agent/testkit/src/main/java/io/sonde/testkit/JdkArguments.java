// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The source behind {@link AllJdks}. */
final class JdkArguments implements ArgumentsProvider, AnnotationConsumer<AllJdks> {

  private int from;

  @Override
  public void accept(AllJdks annotation) {
    from = annotation.from();
  }

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return Jdk.VERSIONS.stream().filter(version -> version >= from).map(Jdk::of).map(Arguments::of);
  }
}
