package dev.varve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room of the engine may import which, and who may touch the operating system. */
class ArchitectureTest {
  private static final String ROOT = "dev.varve";
  private static final String CODEC = "dev.varve.codec..";
  private static final String IO = "dev.varve.io..";
  private static final String SEGMENT = "dev.varve.segment..";
  private static final String DRIVER = "dev.varve.driver..";
  private static final String CHAIN = "dev.varve.chain";
  private static final String AZURE = "dev.varve.chain.azure..";

  private static final DescribedPredicate<JavaClass> CHRONICLE_IN_IO =
      Predicates.resideInAPackage(IO)
          .and(
              DescribedPredicate.describe(
                  "are named Chronicle*", ArchitectureTest::isNamedChronicle));

  private final JavaClasses engine =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

  @Test
  void rootImportsNothingOfOurs() {
    roomImportsOnly(ROOT);
  }

  @Test
  void codecImportsNothingOfOurs() {
    roomImportsOnly(CODEC);
  }

  @Test
  void ioImportsOnlyTheRoot() {
    roomImportsOnly(IO, ROOT);
  }

  @Test
  void segmentImportsOnlyCodecIoAndTheRoot() {
    roomImportsOnly(SEGMENT, CODEC, IO, ROOT);
  }

  @Test
  void driverImportsOnlySegmentCodecAndTheRoot() {
    roomImportsOnly(DRIVER, SEGMENT, CODEC, ROOT);
  }

  @Test
  void chainImportsOnlyDriverCodecAndTheRoot() {
    roomImportsOnly(CHAIN, DRIVER, CODEC, ROOT);
  }

  @Test
  void azureImportsOnlyChainAndTheRoot() {
    roomImportsOnly(AZURE, CHAIN, ROOT);
  }

  /** {@code StoredFile.writeFully} says what such a slice costs every append. */
  @Test
  void noSliceIsAskedForWithoutItsSize() {
    noClasses().should().callMethod(MemorySegment.class, "asSlice", long.class).check(engine);
  }

  @Test
  void roomsFormNoCycle() {
    slices()
        .matching("dev.varve.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(engine);
  }

  @Test
  void onlyIoTouchesFileChannelsAndNativeCalls() {
    noClasses()
        .that()
        .resideOutsideOfPackage(IO)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(FileChannel.class, Linker.class)
        .allowEmptyShould(true)
        .check(engine);
  }

  @Test
  void engineNeedsNothingButTheJdk() {
    classes()
        .that(DescribedPredicate.not(CHRONICLE_IN_IO))
        .and()
        .resideOutsideOfPackage(AZURE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.varve..", "java..", "jdk.jfr..", "org.jspecify.annotations")
        .allowEmptyShould(true)
        .check(engine);
  }

  @Test
  void chronicleClassesNeedNothingButTheJdkAndChronicle() {
    classes()
        .that(CHRONICLE_IN_IO)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.varve..", "java..", "jdk.jfr..", "org.jspecify.annotations", "net.openhft..")
        .allowEmptyShould(true)
        .check(engine);
  }

  @Test
  void azureNeedsNothingButTheJdkAndTheSdk() {
    classes()
        .that()
        .resideInAPackage(AZURE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.varve..", "java..", "org.jspecify.annotations", "com.azure..", "reactor.core..")
        .allowEmptyShould(true)
        .check(engine);
  }

  /** Of our own packages, the classes of a room import only the room itself and those given. */
  private void roomImportsOnly(String room, String... others) {
    String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(others)).toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat(
            Predicates.resideInAPackage("dev.varve..")
                .and(Predicates.resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true)
        .check(engine);
  }

  /** Nested classes belong to the class that is named. */
  private static boolean isNamedChronicle(JavaClass type) {
    return type.getEnclosingClass()
        .map(ArchitectureTest::isNamedChronicle)
        .orElseGet(() -> type.getSimpleName().startsWith("Chronicle"));
  }
}
