package dev.drover.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.reconcile.StatusWriter.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told beside the loop, when the API server is slow and when it is not there. */
class StatusWriterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger SPOKEN = Logger.getLogger(StatusWriter.class.getName());

    private final ExecutorService threads = Executors.newFixedThreadPool(StatusWriter.LANES);
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());

    /** The answers of a slow API server: a request waits for one. */
    private final Semaphore answers = new Semaphore(0);

    private final Semaphore asked = new Semaphore(0);

    /** It says so whenever a write went wrong, which is what this test is about. */
    @BeforeAll
    static void silence() {
        SPOKEN.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        SPOKEN.setLevel(null);
    }

    @AfterEach
    void end() {
        answers.release(1_000);
        threads.shutdownNow();
    }

    @Test
    void the_loop_does_not_wait_for_a_slow_api_server_and_no_more_than_a_few_requests_are_open() throws Exception {
        StatusWriter writer = new StatusWriter(threads);
        List<Status> statuses =
                IntStream.range(0, 100).mapToObj(i -> slow("vm-" + i, "")).toList();

        writer.replace(statuses);

        assertThat(asked.tryAcquire(StatusWriter.LANES, PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(asked.availablePermits()).as("beside the first").isZero();
        answers.release(100);
        Awaitility.await().atMost(PATIENCE).until(() -> written.size() == 100);
        assertThat(written).doesNotHaveDuplicates();
    }

    @Test
    void a_newer_cycle_takes_the_place_of_what_waits_and_follows_what_is_being_written() throws Exception {
        StatusWriter writer = new StatusWriter(threads);
        writer.replace(List.of(slow("vm", " at first"), slow("vm", " that waits")));
        asked.acquire();

        writer.replace(List.of(slow("vm", " at last")));

        assertThat(written).as("one object is written by one request at a time").isEmpty();
        answers.release(3);
        Awaitility.await().atMost(PATIENCE).until(() -> written.size() == 2);
        assertThat(written).containsExactly("vm at first", "vm at last");
    }

    @Test
    void an_api_server_that_is_not_there_is_not_asked_for_each_object_and_the_next_cycle_asks_again() {
        StatusWriter writer = new StatusWriter(new AtOnce());
        List<String> tried = new ArrayList<>();

        writer.replace(namesInOneLane(3).stream()
                .map(vm -> new Status(vm, () -> {
                    tried.add(vm);
                    throw new KubernetesClientException("connection refused");
                }))
                .toList());
        writer.replace(List.of(quick("vm-1"), quick("vm-2")));

        assertThat(tried).hasSize(1);
        assertThat(written).containsExactlyInAnyOrder("vm-1", "vm-2");
    }

    @Test
    void what_is_refused_for_one_object_or_fails_unexpectedly_keeps_no_other_from_being_written() {
        StatusWriter writer = new StatusWriter(new AtOnce());
        List<String> names = namesInOneLane(3);

        writer.replace(List.of(
                failing(names.get(0), new KubernetesClientException("no", HttpURLConnection.HTTP_FORBIDDEN, null)),
                failing(names.get(1), new IllegalStateException("a mistake")),
                quick(names.get(2))));

        assertThat(written).containsExactly(names.get(2));
    }

    @Test
    void closing_drops_what_waits_and_waits_for_what_is_being_written() throws Exception {
        StatusWriter writer = new StatusWriter(threads);
        writer.replace(List.of(slow("vm", " at first"), slow("vm", " that waits")));
        asked.acquire();
        CountDownLatch closed = new CountDownLatch(1);
        Thread closing = Thread.ofPlatform().start(() -> {
            writer.close();
            closed.countDown();
        });
        Awaitility.await().atMost(PATIENCE).until(threads::isShutdown);
        answers.release(2);

        assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        closing.join();
        writer.replace(List.of(quick("too late")));

        assertThat(threads.isTerminated()).isTrue();
        assertThat(written).containsExactly("vm at first");
    }

    private static List<String> namesInOneLane(int count) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "vm-" + i)
                .filter(name -> Math.floorMod(name.hashCode(), StatusWriter.LANES) == 0)
                .limit(count)
                .toList();
    }

    private Status quick(String vm) {
        return new Status(vm, () -> written.add(vm));
    }

    private static Status failing(String vm, RuntimeException error) {
        return new Status(vm, () -> {
            throw error;
        });
    }

    private Status slow(String vm, String what) {
        return new Status(vm, () -> {
            asked.release();
            answers.acquireUninterruptibly();
            written.add(vm + what);
        });
    }
}
