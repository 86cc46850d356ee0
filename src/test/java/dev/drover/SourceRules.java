package dev.drover;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Rules that only the source shows: sizes, and packages whose types are non-null unless they say otherwise. */
final class SourceRules {

    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 40;
    private static final int PARAMETERS = 5;

    private final List<String> violations = new ArrayList<>();

    private SourceRules() {}

    /** What the Java files below {@code folder} violate, a sentence each. */
    static List<String> violations(Path folder) {
        SourceRules rules = new SourceRules();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            rules.checkFiles(sources);
            rules.checkPackages(sources);
            rules.checkMethods(sources);
            return rules.violations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkFiles(List<Path> sources) throws IOException {
        for (Path source : sources) {
            int lines = Files.readAllLines(source).size();
            if (lines > FILE_LINES) {
                violations.add(source + " has " + lines + " lines; at most " + FILE_LINES + " are allowed.");
            }
        }
    }

    private void checkPackages(List<Path> sources) throws IOException {
        for (Path folder : sources.stream().map(Path::getParent).distinct().toList()) {
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                violations.add(folder + " has no package-info.java with @NullMarked.");
            }
        }
    }

    private void checkMethods(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Methods(unit, positions).scan(unit, null);
            }
        }
    }

    private final class Methods extends TreePathScanner<Void, Void> {

        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final LineMap lines;

        Methods(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
            this.lines = unit.getLineMap();
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            String name = unit.getSourceFile().getName() + ": " + method.getName();
            if (method.getBody() != null) {
                long first = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
                long last = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
                if (last - first + 1 > METHOD_LINES) {
                    violations.add(
                            name + " has " + (last - first + 1) + " lines; at most " + METHOD_LINES + " are allowed.");
                }
            }
            if (method.getParameters().size() > PARAMETERS && !constructsRecord(method)) {
                violations.add(name + " has " + method.getParameters().size() + " parameters; at most " + PARAMETERS
                        + " are allowed.");
            }
            return super.visitMethod(method, nothing);
        }

        /** A record has as many components as its subject has parts. */
        private boolean constructsRecord(MethodTree method) {
            return method.getReturnType() == null
                    && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                    && type.getKind() == Tree.Kind.RECORD;
        }
    }
}
