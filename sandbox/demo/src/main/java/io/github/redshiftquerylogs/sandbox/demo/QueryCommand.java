package io.github.redshiftquerylogs.sandbox.demo;

import io.github.redshiftquerylogs.sandbox.demo.ask.LakeReader;
import io.github.redshiftquerylogs.sandbox.demo.ask.Question;
import io.github.redshiftquerylogs.sandbox.demo.ask.Questions;
import io.github.redshiftquerylogs.sandbox.demo.deploy.Checkout;
import io.github.redshiftquerylogs.sandbox.demo.keep.RunningDemo;
import io.github.redshiftquerylogs.sandbox.demo.terminal.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./demo query}: lists the questions of {@code athena-ddl/queries}, or runs one on the Trino of a running demo. */
@Command(name = "query")
final class QueryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME")
    private @Nullable String name;

    @Option(names = "--rows", defaultValue = "20")
    private int rows;

    @Option(names = "--output")
    private @Nullable Path output;

    QueryCommand() {}

    @Override
    public Integer call() throws SQLException {
        DemoCommand.requireNoOptionsBefore(spec);
        Questions questions = Questions.of(Checkout.find(Path.of("")));
        PrintWriter out = spec.commandLine().getOut();
        String wanted = name;
        if (wanted == null) {
            int widest = questions.all().stream()
                    .mapToInt(known -> known.name().length())
                    .max()
                    .orElse(0);
            questions
                    .all()
                    .forEach(known -> out.println("  " + known.name()
                            + " ".repeat(widest - known.name().length() + 2) + known.title()));
            out.flush();
            return 0;
        }
        if (rows < 1) {
            throw new ParameterException(spec.commandLine(), "--rows = '" + rows + "': expected at least 1");
        }
        Question question = questions
                .named(wanted)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "NAME = '" + wanted + "': expected one of those that ./demo query lists, such as "
                                + String.join(", ", questions.nearest(wanted))));
        RunningDemo demo = RunningDemo.find(RunningDemo.OUTPUTS, output);
        try (LakeReader lake = new LakeReader(demo.trino())) {
            TextTable answer = lake.answer(question.sql(), rows);
            out.println(question.title() + "  — athena-ddl/queries/" + question.name() + ".sql");
            out.println(question.question());
            out.print(answer.render());
            out.println("(" + answer.size() + " rows" + (answer.size() == rows ? ", maybe more: --rows)" : ")"));
            out.flush();
        }
        return 0;
    }
}
