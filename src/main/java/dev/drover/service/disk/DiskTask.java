package dev.drover.service.disk;

import dev.drover.api.v1alpha1.RelocationDisk;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * The disks of one relocation. Whatever is made for it has a name that follows from the order, so that an operator that was restarted
 * finds it again.
 *
 * @param from the node that the virtual machine was on
 * @param to the node that it is to run on
 * @param disks at least one
 */
public record DiskTask(
        String namespace,
        String machine,
        Instant ordered,
        String from,
        String to,
        List<RelocationDisk> disks,
        DiskAim aim) {
    private static final int DIGITS = 12;

    public DiskTask {
        disks = List.copyOf(disks);
    }

    /** Of everything that is made for it. */
    String name() {
        return "drover-copy-" + digest(namespace + "/" + machine + "@" + ordered);
    }

    String sender() {
        return name() + "-send";
    }

    String receiver() {
        return name() + "-receive";
    }

    /** The claim that the new volume is made for. */
    String claimFor(int disk) {
        return name() + "-" + disk;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is in every Java runtime", impossible);
        }
    }
}
