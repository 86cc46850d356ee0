package dev.drover.testbed.player;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The arguments of a container, so that its program finds on this machine what it would find in its pod.
 *
 * @param files a path inside the container as one outside
 * @param ports an address, empty for that of the pod itself, and a port of the pod network as a port of loopback
 */
record PlayedArguments(UnaryOperator<String> files, ToIntBiFunction<String, Integer> ports) {

    private static final String LISTEN = "--port";

    /** Who is told no address listens on all, and nothing of a testbed may be reached from elsewhere. */
    private static final List<String> LOOPBACK = List.of("--address", "127.0.0.1");

    private static final String RECEIVE = "receive";
    private static final Pattern ENDPOINT = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+):(\\d+)");

    /** Each option and its value may be two arguments, or one with an equals sign between. */
    List<String> of(List<String> given) {
        var played = new ArrayList<String>();
        var option = "";
        for (var argument : given) {
            var equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            if (equals > 0) {
                var name = argument.substring(0, equals);
                played.add(name + "=" + value(name, argument.substring(equals + 1)));
            } else {
                played.add(value(option, argument));
            }
            option = argument;
        }
        if (given.contains(RECEIVE)) {
            played.addAll(LOOPBACK);
        }
        return List.copyOf(played);
    }

    private String value(String option, String value) {
        var endpoint = ENDPOINT.matcher(value);
        if (endpoint.matches()) {
            return "127.0.0.1:" + ports.applyAsInt(endpoint.group(1), Integer.valueOf(endpoint.group(2)));
        }
        return option.equals(LISTEN)
                ? Integer.toString(ports.applyAsInt("", Integer.valueOf(value)))
                : files.apply(value);
    }
}
