package dev.drover.install;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/** Runs a health check of Argo CD on an object. */
final class LuaHealth {

    private LuaHealth() {}

    record Verdict(String status, String message) {}

    /** With the libraries base and table only: Argo CD loads no string library by default. */
    static Verdict run(String check, LuaTable object) {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", object);
        LuaValue verdict = globals.load(check).call();
        return new Verdict(
                verdict.get("status").checkjstring(), verdict.get("message").checkjstring());
    }

    /**
     * An object of generation 2 with this status.
     *
     * @param status conditions as {@code Type=Status:Reason}, after fields as {@code name: number;}; empty: no status
     */
    static LuaTable object(String status) {
        LuaTable object = new LuaTable();
        LuaTable metadata = new LuaTable();
        metadata.set("generation", 2);
        object.set("metadata", metadata);
        if (status.isEmpty()) {
            return object;
        }
        LuaTable written = new LuaTable();
        written.set("observedGeneration", 2);
        String conditions = status;
        int end = status.indexOf(';');
        if (end > 0) {
            String[] field = status.substring(0, end).split(": ");
            written.set(field[0], Integer.parseInt(field[1]));
            conditions = status.substring(end + 1).strip();
        }
        written.set("conditions", conditions(conditions));
        object.set("status", written);
        return object;
    }

    private static LuaTable conditions(String text) {
        LuaTable conditions = new LuaTable();
        for (String one : text.split(" ")) {
            String[] parts = one.split("[=:]");
            LuaTable condition = new LuaTable();
            condition.set("type", parts[0]);
            condition.set("status", parts[1]);
            if (parts.length > 2) {
                condition.set("reason", parts[2]);
            }
            conditions.insert(0, condition);
        }
        return conditions;
    }
}
