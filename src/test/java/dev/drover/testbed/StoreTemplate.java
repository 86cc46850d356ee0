package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * etcd's data with KubeVirt installed, made once and copied at each start: installing takes longer than starting. It holds
 * nothing of the run that made it, so that each control plane has its own certificates and ports.
 */
final class StoreTemplate {

    private final Path folder;

    private StoreTemplate(Path folder) {
        this.folder = folder;
    }

    /** Finds or makes the template beside the programs. One process makes it, others wait. */
    static StoreTemplate of(Layout layout, InstantSource clock) {
        Path cache = layout.cache();
        Path folder = cache.resolve("kubevirt-" + digest(KubeVirtInstall.RECIPE));
        try (FileChannel channel = FileChannel.open(
                        cache.resolve("kubevirt.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (!Files.isDirectory(folder)) {
                Path draft = Files.createTempDirectory(cache, "draft.");
                make(new Layout(layout.project(), cache, draft), clock);
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return new StoreTemplate(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare (" + folder + ")", e);
        }
    }

    /** Copies the data to where a new etcd will look for it. */
    void copyTo(Path etcdData) {
        Path source = folder.resolve("data");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, etcdData.resolve(source.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy (" + source + ") to (" + etcdData + ")", e);
        }
    }

    /** Every object that virt-operator would create. */
    List<JsonNode> strategy() {
        try {
            List<JsonNode> objects = new ArrayList<>();
            RawApi.JSON.readTree(folder.resolve("strategy.json").toFile()).forEach(objects::add);
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void make(Layout layout, InstantSource clock) throws IOException {
        System.err.println("installing KubeVirt once into a template of etcd's data");
        Path data = layout.folder().resolve("data");
        try (ControlPlane plane = new ControlPlane(layout, clock)) {
            plane.startApiServer();
            KubeVirtInstall install = new KubeVirtInstall(plane);
            List<JsonNode> strategy = install.strategy();
            install.installObjects(strategy);
            writeStrategy(layout, strategy);
            // It would tell the next control plane to trust this one's authority.
            plane.api()
                    .expect(
                            "DELETE",
                            "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication",
                            "application/json",
                            "");
            plane.programs().kill("kube-apiserver");
            plane.programs().stop("etcd");
            Files.move(layout.etcdData(), data);
        }
        removeAllBut(layout.folder(), List.of("data", "strategy.json"));
    }

    private static void writeStrategy(Layout layout, List<JsonNode> strategy) throws IOException {
        ArrayNode all = RawApi.JSON.createArrayNode().addAll(strategy);
        Files.writeString(layout.folder().resolve("strategy.json"), all.toString());
    }

    private static void removeAllBut(Path folder, List<String> kept) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.toList()) {
                if (!kept.contains(child.getFileName().toString())) {
                    Folders.delete(child);
                }
            }
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
