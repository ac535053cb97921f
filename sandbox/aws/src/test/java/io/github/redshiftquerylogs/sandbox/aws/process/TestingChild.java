package io.github.redshiftquerylogs.sandbox.aws.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The main class of the child processes in tests. */
final class TestingChild {

    private TestingChild() {}

    static JavaCommand command(String... arguments) {
        return new JavaCommand(
                List.of("-Xmx64m"),
                System.getProperty("java.class.path"),
                TestingChild.class.getName(),
                List.of(arguments));
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "ready" -> System.out.println("ready on port 4711");
            case "exit" -> {
                System.out.println(System.getenv().keySet());
                System.out.println("I cannot go on");
                System.exit(3);
            }
            case "deaf" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(TestingChild::sleep));
                System.out.println("ready on port 4711");
            }
            case "grandchild" -> {
                Process grandchild = new ProcessBuilder("sleep", "600").start();
                Files.writeString(Path.of(arguments[1]), Long.toString(grandchild.pid()));
                System.out.println("ready on port 4711");
            }
            case "parent" -> {
                Path folder = Path.of(arguments[1]);
                Process child = new ProcessBuilder(List.of(arguments).subList(2, arguments.length))
                        .redirectOutput(folder.resolve("child.log").toFile())
                        .start();
                Files.writeString(folder.resolve("pid"), Long.toString(child.pid()));
                System.out.println("ready on port 4711");
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        sleep();
    }

    private static void sleep() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
