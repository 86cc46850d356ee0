package dev.drover.testbed.player;

import dev.drover.testbed.Folders;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The local disks of the nodes: a folder for each volume that the played provisioner has made. A test may write into it and read from it
 * as a guest would, at any time.
 */
public final class LocalVolumes {

    /** What a StorageClass names as its provisioner to get such volumes; it must have {@code volumeBindingMode: WaitForFirstConsumer}. */
    public static final String PROVISIONER = "local.bed.drover.dev";

    private static final String DEVICE = "device";

    private final Path root;

    LocalVolumes(Path root) {
        this.root = root;
    }

    /** The folder of a PersistentVolume, whether it is there or not. */
    public Path folder(String volume) {
        return root.resolve(volume);
    }

    /** The plain file that stands for the device of a PersistentVolume of {@code volumeMode: Block}. */
    public Path device(String volume) {
        return folder(volume).resolve(DEVICE);
    }

    /** Makes room for a claim, unless there is some already, and says what a pod that uses the volume gets to see. */
    Path make(String volume, PersistentVolumeClaim claim) throws IOException {
        Files.createDirectories(folder(volume));
        if (!"Block".equals(claim.getSpec().getVolumeMode())) {
            return folder(volume);
        }
        try (var device = new RandomAccessFile(device(volume).toFile(), "rw")) {
            device.setLength(claim.getSpec()
                    .getResources()
                    .getRequests()
                    .get("storage")
                    .getNumericalAmount()
                    .longValueExact());
        }
        return device(volume);
    }

    void delete(String volume) {
        Folders.delete(folder(volume));
    }
}
