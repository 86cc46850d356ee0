package dev.drover.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command line run to its end, as from a shell.
 *
 * @param code which it exits with
 * @param out what it wrote to its output
 * @param err what it wrote to its errors
 */
public record CommandRun(int code, String out, String err) {
    /** @param arguments the verb first */
    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = DroverCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }
}
