package dev.drover.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One start of a testbed, step by step. */
final class Launch {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final String PROBE_VM =
            """
            {"apiVersion":"kubevirt.io/v1","kind":"VirtualMachine","metadata":{"name":"probe","namespace":"default"},"spec":{
            "runStrategy":"Halted","template":{"spec":{"domain":{"devices":{},"resources":{"requests":{"memory":"64Mi"}}}}}}}""";

    private final InstantSource clock;
    private final Layout layout;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final Testbed testbed;

    Launch(TestbedOptions options, InstantSource clock) {
        this.clock = clock;
        Path project = Layout.findProject();
        Path cache = ProgramCache.build(project);
        this.layout = new Layout(project, cache, newFolder(project, options));
        try {
            this.testbed =
                    options.kubeVirt() ? withKubeVirt(StoreTemplate.of(project, cache, clock)) : withoutKubeVirt();
        } catch (RuntimeException | Error e) {
            closeAll(owned);
            throw e;
        }
    }

    Testbed testbed() {
        return testbed;
    }

    private Testbed withKubeVirt(StoreTemplate template) {
        template.copyTo(layout.etcdData());
        Ports ports = own(Ports.reserve());
        Programs programs = own(new Programs(layout));
        Pki pki = Pki.create(layout.folder().resolve("pki"), clock);
        ControlPlane plane = new ControlPlane(layout, ports, programs, pki);
        plane.startApiServer();
        Applier applier = new Applier(plane.api());
        applier.apply(KubeVirtInstall.authorities(read(layout.pki("ca.crt"))));
        plane.startControllers();
        plane.startKubeVirt();
        List<JsonNode> registrations =
                KubeVirtInstall.registrations(template.strategy(), ports.virtApi(), pki.caBundle());
        plane.awaitVirtApi();
        applier.apply(registrations);
        plane.await("A VM can be created", () -> plane.api()
                .request(
                        "POST",
                        "/apis/kubevirt.io/v1/namespaces/default/virtualmachines?dryRun=All",
                        "application/json",
                        PROBE_VM)
                .ok());
        awaitServiceAccount(plane);
        return new Testbed(layout, plane.api(), clock, owned);
    }

    private Testbed withoutKubeVirt() {
        Ports ports = own(Ports.reserve());
        Programs programs = own(new Programs(layout));
        ControlPlane plane = new ControlPlane(
                layout, ports, programs, Pki.create(layout.folder().resolve("pki"), clock));
        plane.startApiServer();
        plane.startControllers();
        awaitServiceAccount(plane);
        return new Testbed(layout, plane.api(), clock, owned);
    }

    /** The API server refuses pods in a namespace whose account the controller-manager has not made yet. */
    private static void awaitServiceAccount(ControlPlane plane) {
        plane.await("The controller-manager works", () -> plane.api()
                .get("/api/v1/namespaces/default/serviceaccounts/default")
                .ok());
    }

    private <T extends AutoCloseable> T own(T resource) {
        owned.addFirst(resource);
        return resource;
    }

    /** Closes all, and reports the first failure after it has tried each. */
    static void closeAll(List<AutoCloseable> resources) {
        IllegalStateException failure = null;
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("Cannot close (" + resource + ")", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static Path newFolder(Path project, TestbedOptions options) {
        Path given = options.folder();
        Path folder = given != null
                ? given.toAbsolutePath()
                : project.resolve("testbed/.run")
                        .resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
        Folders.delete(folder);
        try {
            Files.createDirectories(folder);
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder (" + folder + ") of the control plane", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
