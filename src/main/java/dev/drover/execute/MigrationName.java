package dev.drover.execute;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of the next migration of an instance (P8): the same for whoever computes it while the newest migration of that instance is
 * the same. So a repeat after a crash, a second leader and a stale leader all meet AlreadyExists, and a retry after an ended migration
 * gets a new name.
 */
final class MigrationName {
    static final String PREFIX = "drover-";

    private static final int DIGITS = 24;

    private MigrationName() {}

    /**
     * @param instanceUid of the VirtualMachineInstance
     * @param newestMigrationUid of the newest migration of that instance, of any author and phase; empty when there is none
     */
    static String of(String instanceUid, String newestMigrationUid) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((instanceUid + "/" + newestMigrationUid).getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is in every Java runtime", impossible);
        }
    }
}
