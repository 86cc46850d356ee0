package dev.drover.testbed;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of one control plane are: the project, the cache with its programs, and the folder of this run. */
record Layout(Path project, Path cache, Path folder) {

    /** The project's folder, found upwards of the working directory, so that tests run from any module folder or editor. */
    static Path findProject() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("testbed/build.sh"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "No testbed/build.sh in (" + start + ") or above it. Run this in the project's folder.");
    }

    Path program(String name) {
        return cache.resolve("bin").resolve(name);
    }

    Path asset(String name) {
        return cache.resolve("assets").resolve(name);
    }

    Path script(String name) {
        return project.resolve("testbed").resolve(name);
    }

    Path pki(String file) {
        return folder.resolve("pki").resolve(file);
    }

    Path kubeconfig(String identity) {
        return folder.resolve(identity + ".kubeconfig");
    }

    Path auditLog() {
        return folder.resolve("audit.log");
    }

    Path etcdData() {
        return folder.resolve("etcd");
    }
}
