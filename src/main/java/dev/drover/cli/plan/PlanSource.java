package dev.drover.cli.plan;

import dev.drover.api.v1alpha1.MigrationPlan;
import dev.drover.dump.BadFile;
import dev.drover.dump.JsonFile;
import dev.drover.dump.Place;
import dev.drover.dump.PlanFile;
import dev.drover.dump.PlanFile.MoveEntry;
import dev.drover.dump.PlanFile.PolicyPlan;
import dev.drover.reconcile.WrittenPlan;
import dev.drover.status.Message;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a plan: one that {@code plan show} printed, or a MigrationPlan as kubectl prints it, in YAML or JSON. */
final class PlanSource {
    private static final Pattern KIND = Pattern.compile(
            "^\\s*\"?kind\"?\\s*:\\s*\"?" + HasMetadata.getKind(MigrationPlan.class) + "\\b", Pattern.MULTILINE);

    private PlanSource() {}

    /** @throws BadFile when it is neither */
    static PlanFile read(Path file) {
        String text = text(file);
        return KIND.matcher(text).find() ? ofResource(file, text) : ofShow(file);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new BadFile("the file (" + file + ") cannot be read ("
                    + unreadable.getClass().getSimpleName() + "). Name a file of JSON that exists.");
        }
    }

    private static PlanFile ofShow(Path file) {
        PlanFile plan = JsonFile.read(file, PlanFile.class);
        if (!PlanFile.FORMAT.equals(plan.format())) {
            throw Place.root(file.toString())
                    .in("format")
                    .wrong("must be " + PlanFile.FORMAT + ", and is (" + plan.format()
                            + "): this is no plan, or one of another version of Drover");
        }
        return plan;
    }

    /** It promises nothing that is judged here: its figures are rounded. */
    private static PlanFile ofResource(Path file, String text) {
        try {
            MigrationPlan resource = Serialization.unmarshal(text, MigrationPlan.class);
            List<MoveEntry> moves =
                    WrittenPlan.pending(resource).stream().map(MoveEntry::of).toList();
            PolicyPlan plan = new PolicyPlan(
                    resource.getSpec().policy(), null, null, null, null, null, null, null, null, null, moves, null);
            return new PlanFile(PlanFile.FORMAT, null, List.of(plan), null, null, null, null, null, null);
        } catch (RuntimeException malformed) {
            // The readers of YAML, of JSON and of quantities have no error in common.
            String why = String.valueOf(malformed.getMessage()).replaceAll("\\s+", " ");
            throw new BadFile(file + ": this is no MigrationPlan that kubectl could apply (" + Message.fitting(why)
                    + "). Take it from: kubectl get migrationplan NAME -o yaml");
        }
    }
}
