package dev.drover.reconcile;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The way to the API server. One call of all may go wrong. */
final class Wire {

    /** What goes wrong with a call. */
    enum Trouble {
        /** The process ends before the API server got the call. */
        DIES_BEFORE,
        /** The process ends when the API server has done it. */
        DIES_AFTER,
        /** The API server does not answer and has done nothing. */
        UNREACHABLE,
        /** The API server has done it, and its answer is lost. */
        ANSWER_LOST,
        /** The API server works and does not take this one object. */
        REFUSED
    }

    /** The end of the process: nothing of the loop may catch it. */
    static final class ProcessDied extends RuntimeException {
        private static final long serialVersionUID = 1;

        ProcessDied(String call) {
            super("The process ended at the call (" + call + ").");
        }
    }

    private final int troubled;
    private final Trouble trouble;
    private final List<String> calls = new ArrayList<>();
    private int writes;

    private Wire(int troubled, Trouble trouble) {
        this.troubled = troubled;
        this.trouble = trouble;
    }

    static Wire good() {
        return new Wire(-1, Trouble.UNREACHABLE);
    }

    /** @param call the number of the call that goes wrong, from 0 */
    static Wire bad(int call, Trouble trouble) {
        return new Wire(call, trouble);
    }

    /** The names of all calls so far. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    int writes() {
        return writes;
    }

    <T> T write(String name, Supplier<T> call) {
        writes++;
        return read(name, call);
    }

    <T> T read(String name, Supplier<T> call) {
        boolean bad = calls.size() == troubled;
        calls.add(name);
        if (!bad) {
            return call.get();
        }
        if (trouble == Trouble.DIES_AFTER || trouble == Trouble.ANSWER_LOST) {
            call.get();
        }
        throw switch (trouble) {
            case DIES_BEFORE, DIES_AFTER -> new ProcessDied(name);
            case UNREACHABLE -> new KubernetesClientException("connection refused");
            case ANSWER_LOST -> new KubernetesClientException("connection reset");
            case REFUSED -> new KubernetesClientException("forbidden", HttpURLConnection.HTTP_FORBIDDEN, (Status) null);
        };
    }
}
