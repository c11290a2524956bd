// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryTableTest {

  private static final String BLOCK =
      """
      # a comment
      x
        title     X, of Y
        kind      pool
        scenario  x
        artifact  org.x:x
        applied   x y
        with      org.x:logging:*
        version   1.0   on 8-17   cut 8 with org.x:old:1
        version   2.0   on 17-
      """;

  @Test
  void readsABlock() {
    Library library = parse(BLOCK).get(0);

    assertThat(library.name()).isEqualTo("x");
    assertThat(library.title()).isEqualTo("X, of Y");
    assertThat(library.kind()).isEqualTo(Kind.POOL);
    assertThat(library.applied()).containsExactly("x", "y");
    assertThat(library.release()).isEqualTo(8);
    Library.Version old = library.versions().get(0);
    assertThat(old.jdks()).containsExactly(8, 11, 17);
    assertThat(old.cut()).containsExactly(8);
    assertThat(library.versions().get(1).jdks()).containsExactly(17, 21, 25);
    assertThat(library.versions().get(1).cut()).isEmpty();
  }

  @Test
  void putsTheLibraryBehindWhatItComesWith() {
    Library library = parse(BLOCK).get(0);

    assertThat(library.coordinates(library.versions().get(0)))
        .containsExactly("org.x:logging:1.0", "org.x:old:1", "org.x:x:1.0");
  }

  @Test
  void namesTheLineOfAMistake() {
    assertThatThrownBy(() -> parse("x\n  colour  red"))
        .hasMessage("line 2: colour  red: no such key");
    assertThatThrownBy(() -> parse("x\n  version  1.0"))
        .hasMessage("line 2: version  1.0: on which JDKs?");
    assertThatThrownBy(() -> parse("x\n  version  1.0 on 17- cut 8")).hasMessageContaining("cut");
    assertThatThrownBy(() -> parse("x\n  title X\ny")).hasMessage("line 3: y: x has no kind");
  }

  private static List<Library> parse(String text) {
    return LibraryTable.parse(text.lines().toList());
  }
}
