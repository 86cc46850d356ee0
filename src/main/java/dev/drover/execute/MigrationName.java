package dev.drover.execute;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of the next migration of an instance (P8): the same for whoever computes it while the newest migration of that instance and
 * the newest outcome in its history are the same. So a repeat after a crash, a second leader and a stale leader all meet AlreadyExists,
 * and a retry gets a new name: after an ended migration by the first, after one that was deleted and left no object by the second.
 */
final class MigrationName {
    static final String PREFIX = "drover-";

    private static final int DIGITS = 24;

    private MigrationName() {}

    /**
     * @param instanceUid of the VirtualMachineInstance
     * @param newestMigrationUid of the newest migration of that instance, of any author and phase; empty when there is none
     * @param lastOutcome the name of the migration whose outcome was entered last in the virtual machine's history; empty when there is
     *     none
     */
    static String of(String instanceUid, String newestMigrationUid, String lastOutcome) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((instanceUid + "/" + newestMigrationUid + "/" + lastOutcome)
                            .getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is in every Java runtime", impossible);
        }
    }
}
