package dev.rekey.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** One Java file, parsed by the compiler but neither attributed nor compiled. */
record Source(Path file, CompilationUnitTree unit, SourcePositions positions) {

    static List<Source> all() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var paths = Repository.javaFiles();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
            var positions = Trees.instance(task).getSourcePositions();
            var sources = new ArrayList<Source>();
            for (var unit : task.parse()) {
                sources.add(new Source(Path.of(unit.getSourceFile().toUri()), unit, positions));
            }
            return List.copyOf(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isTest() {
        return name().contains("/src/test/");
    }

    String name() {
        return Repository.name(file.normalize());
    }

    String typeName() {
        return file.getFileName().toString().replace(".java", "");
    }

    long lines() {
        return Repository.text(file).lines().count();
    }

    /** Lines that {@code tree} takes, from its first annotation or modifier to its closing brace; comments before it not. */
    long lines(Tree tree) {
        var lines = unit.getLineMap();
        return lines.getLineNumber(positions.getEndPosition(unit, tree))
                - lines.getLineNumber(positions.getStartPosition(unit, tree))
                + 1;
    }

    String at(Tree tree) {
        return name() + ":" + unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    List<MethodTree> methods() {
        return trees(MethodTree.class);
    }

    List<ClassTree> types() {
        return trees(ClassTree.class);
    }

    /** Every tree of this kind, whatever it is nested in. */
    <T extends Tree> List<T> trees(Class<T> kind) {
        var found = new ArrayList<T>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void scan(Tree tree, Void nothing) {
                if (kind.isInstance(tree)) {
                    found.add(kind.cast(tree));
                }
                return super.scan(tree, null);
            }
        }.scan(unit, null);
        return found;
    }

    /** Simple names of the annotations of {@code method}. */
    static Set<String> annotations(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .map(annotation -> annotation.getAnnotationType().toString())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
    }
}
