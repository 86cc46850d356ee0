package dev.drover.demo;

import dev.drover.api.v1alpha1.RelocationState;
import dev.drover.api.v1alpha1.RelocationStep;
import dev.drover.api.v1alpha1.ServiceRelocation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** A virtual machine whose disk only its own node reaches changes its node, with its data. */
final class DiskChapter {
    private static final String NAMESPACE = "store";
    private static final String SERVICE = "store";
    private static final String MACHINE = "db-0";
    private static final int MEBI = 1 << 20;
    private static final List<RelocationState> STATES = List.of(
            RelocationState.PREPARING,
            RelocationState.STOPPING,
            RelocationState.COPYING,
            RelocationState.ATTACHING,
            RelocationState.STARTING,
            RelocationState.RELEASING,
            RelocationState.CLEANING,
            RelocationState.SUCCEEDED);

    private final Telling telling;
    private final Narrator narrator;
    private boolean goneEarly;

    DiskChapter(Telling telling) {
        this.telling = telling;
        this.narrator = telling.narrator();
    }

    boolean tell() {
        narrator.chapter("A virtual machine with a disk of its node is sent to another one");
        telling.stage().apply("service/store.yaml");
        if (!telling.awaitReady(NAMESPACE, SERVICE)) {
            return false;
        }
        String first = telling.node(NAMESPACE, MACHINE);
        Path source = file();
        String written = write(source);
        narrator.tell("%s runs on %s; its disk there holds %d MiB, SHA-256 %s..."
                .formatted(MACHINE, first, 48, written.substring(0, 12)));
        telling.annotate(
                "VirtualMachine",
                NAMESPACE,
                MACHINE,
                "drover.dev/relocate",
                narrator.now().truncatedTo(ChronoUnit.SECONDS).toString());
        boolean ended = telling.patience().await("the relocation has ended", () -> ended(source));
        ServiceRelocation relocation = relocation().orElse(null);
        String states = relocation == null ? "none" : told(relocation);
        narrator.tell("steps: " + states);
        boolean moved = ended
                && relocation != null
                && states(relocation).equals(STATES)
                && !telling.node(NAMESPACE, MACHINE).equals(first);
        telling.expectations()
                .record(ServiceExpectation.MOVED, moved, "%s, from %s".formatted(MACHINE, first) + ": " + states);
        boolean same = moved && written.equals(checksum(file()));
        boolean cleaned = moved && !goneEarly && Files.notExists(source);
        telling.expectations()
                .record(
                        ServiceExpectation.DATA_KEPT,
                        same && cleaned,
                        "checksum equal: %s; the source's file was there until it was ready, and is gone now: %s"
                                .formatted(same, cleaned));
        return ended && telling.remove(NAMESPACE, SERVICE);
    }

    /** Looks at the source's file first: what the status says then is not older. */
    private boolean ended(Path source) {
        boolean gone = Files.notExists(source);
        Optional<ServiceRelocation> relocation = relocation();
        goneEarly |= gone
                && relocation
                        .filter(seen -> states(seen).contains(RelocationState.CLEANING))
                        .isEmpty();
        return relocation.filter(seen -> seen.state().isEnd()).isPresent();
    }

    private Optional<ServiceRelocation> relocation() {
        List<ServiceRelocation> all = telling.status(NAMESPACE, SERVICE).relocations();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    private static List<RelocationState> states(ServiceRelocation relocation) {
        return relocation.steps().stream().map(RelocationStep::state).toList();
    }

    private static String told(ServiceRelocation relocation) {
        return states(relocation).stream().map(RelocationState::name).collect(Collectors.joining(", "));
    }

    /** Of the volume that its claim is bound to now. */
    private Path file() {
        String volume = telling.stage()
                .client()
                .persistentVolumeClaims()
                .inNamespace(NAMESPACE)
                .withName("data-0")
                .get()
                .getSpec()
                .getVolumeName();
        return telling.stage().testbed().player().volumes().folder(volume).resolve("disk.img");
    }

    /** 48 MiB, with a hole. */
    private static String write(Path file) {
        byte[] block = new byte[8 * MEBI];
        new Random(1).nextBytes(block);
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.write(block);
            disk.seek(32L * MEBI);
            disk.write(block);
            disk.setLength(48L * MEBI);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return checksum(file);
    }

    private static String checksum(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
