// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  private static final long PLENTY = 1L << 30;

  @TempDir Path directory;

  private final List<String> inherited = new ArrayList<>();

  private Spool open(long maxBytes) throws IOException {
    inherited.clear();
    return Spool.open(
        directory.toFile(), "logs", maxBytes, bytes -> inherited.add(new String(bytes, UTF_8)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> takeAll(Spool spool) throws IOException {
    List<String> taken = new ArrayList<>();
    for (byte[] next = spool.peek(); next != null; next = spool.peek()) {
      taken.add(new String(next, UTF_8));
      spool.remove();
    }
    return taken;
  }

  private static void offer(Spool spool, String... texts) throws IOException {
    for (String text : texts) {
      assertThat(spool.offer(bytes(text))).isTrue();
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }

  @Test
  void recordsComeInTheirOrderAndLeaveNothing() throws IOException {
    try (Spool spool = open(PLENTY)) {
      offer(spool, "one", "two");
      assertThat(new String(spool.peek(), UTF_8)).isEqualTo("one");
      assertThat(new String(spool.peek(), UTF_8)).as("it stays").isEqualTo("one");
      offer(spool, "three");

      assertThat(takeAll(spool)).containsExactly("one", "two", "three");
      assertThat(spool.bytes()).isZero();
      assertThat(segments()).isEmpty();

      offer(spool, "four");
      assertThat(takeAll(spool)).containsExactly("four");
    }
  }

  @Test
  void theNextProcessGoesOnWhereThisOneWas() throws IOException {
    try (Spool spool = open(PLENTY)) {
      offer(spool, "one", "two", "three");
      spool.remove();
      spool.peek();
    }

    try (Spool spool = open(PLENTY)) {
      assertThat(inherited).containsExactly("two", "three");
      offer(spool, "four");
      assertThat(takeAll(spool)).containsExactly("two", "three", "four");
    }
    try (Spool spool = open(PLENTY)) {
      assertThat(inherited).isEmpty();
      offer(spool, "five");
    }
    try (Spool spool = open(PLENTY)) {
      assertThat(takeAll(spool)).as("a new file was not taken for an old one").hasSize(1);
    }
  }

  @Test
  void manyFilesAreReadAndDeletedOneByOne() throws IOException {
    byte[] megabyte = new byte[1024 * 1024];
    try (Spool spool = open(PLENTY)) {
      for (byte i = 0; i < 10; i++) {
        megabyte[0] = i;
        assertThat(spool.offer(megabyte)).isTrue();
      }
      assertThat(segments()).hasSize(3);
      for (byte i = 0; i < 5; i++) {
        assertThat(spool.peek()[0]).isEqualTo(i);
        spool.remove();
      }
      assertThat(segments()).hasSize(2);
    }
    try (Spool spool = open(PLENTY)) {
      assertThat(inherited).hasSize(5);
      assertThat(spool.peek()[0]).isEqualTo((byte) 5);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    try (Spool spool = open(2 * (Segment.HEADER + 3))) {
      offer(spool, "one", "two");
      assertThat(spool.offer(bytes("3"))).isFalse();

      spool.remove();

      offer(spool, "333");
      assertThat(takeAll(spool)).containsExactly("two", "333");
    }
  }

  @Test
  void aRecordThatWasCutOffIsSkipped() throws IOException {
    try (Spool spool = open(PLENTY)) {
      offer(spool, "one", "two");
    }
    File file = segments().get(0).toFile();
    try (RandomAccessFile access = new RandomAccessFile(file, "rw")) {
      access.setLength(file.length() - 1);
    }

    try (Spool spool = open(PLENTY)) {
      assertThat(inherited).containsExactly("one");
      assertThat(spool.skippedBytes()).isEqualTo(Segment.HEADER + 2);
      offer(spool, "three");
      assertThat(takeAll(spool)).containsExactly("one", "three");
    }
  }

  @Test
  void aRecordThatWasChangedIsSkippedWithWhatFollowsInItsFile() throws IOException {
    try (Spool spool = open(PLENTY)) {
      offer(spool, "one", "two", "three");
    }
    overwrite(segments().get(0), 2 * Segment.HEADER + 3);

    try (Spool spool = open(PLENTY)) {
      assertThat(takeAll(spool)).containsExactly("one");
    }
  }

  @Test
  void damageWhileInUseCostsThatFileOnly() throws IOException {
    byte[] large = new byte[Segment.HEADER + Spool.SEGMENT_BYTES];
    try (Spool spool = open(PLENTY)) {
      assertThat(spool.offer(large)).isTrue();
      offer(spool, "next file");
      overwrite(segments().get(0), 100);

      assertThat(takeAll(spool)).containsExactly("next file");
      assertThat(spool.bytes()).isZero();
      assertThat(spool.skippedBytes()).isGreaterThan(large.length);
    }
  }

  @Test
  void aPositionThatWasCutOffCostsOneRecordTwice() throws IOException {
    try (Spool spool = open(PLENTY)) {
      offer(spool, "one", "two", "three");
      spool.remove();
      spool.remove();
      overwrite(spool.directory().toPath().resolve("position"), 20 + 3);
    }

    try (Spool spool = open(PLENTY)) {
      assertThat(takeAll(spool)).containsExactly("two", "three");
    }
  }

  @Test
  void twoThatLiveAtTheSameTimeHaveOneEach() throws IOException {
    try (Spool first = open(PLENTY);
        Spool second = open(PLENTY)) {
      offer(first, "one");
      offer(second, "two");
      assertThat(first.directory()).isNotEqualTo(second.directory());
    }
    try (Spool first = open(PLENTY)) {
      assertThat(takeAll(first)).containsExactly("one");
    }
  }

  @Test
  void nobodyElseMayRead() throws IOException {
    try (Spool spool = open(PLENTY)) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(spool.directory().toPath())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aDirectoryThatCannotBeIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> Spool.open(file.toFile(), "logs", PLENTY, bytes -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  /** Of what a killed process said to have written nothing is missing. */
  @Test
  void aKilledProcessLosesNothing() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int said = -1;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said = Integer.parseInt(line);
        if (said == 5_000) {
          writer.toHandle().destroyForcibly();
        }
      }
    }
    writer.waitFor();

    try (Spool spool = open(PLENTY)) {
      assertThat(spool.skippedBytes()).as("a part of the last").isLessThan(600);
      assertThat(said).isGreaterThanOrEqualTo(5_000);
      assertThat(inherited).hasSizeGreaterThan(said);
      for (int i = 0; i < inherited.size(); i++) {
        assertThat(inherited.get(i)).startsWith(i + " ");
      }
    }
  }

  /** Writes until it is killed; says each number once it is written. */
  static final class Writer {

    private static final String FILLING = "x".repeat(500);

    public static void main(String[] arguments) throws IOException {
      Spool spool = Spool.open(new File(arguments[0]), "logs", PLENTY, bytes -> {});
      for (int i = 0; spool.offer(bytes(i + " " + FILLING)); i++) {
        System.out.println(i);
      }
    }
  }

  private static void overwrite(Path file, long at) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      int was = access.read();
      access.seek(at);
      access.write(was ^ 0x55);
    }
  }
}
