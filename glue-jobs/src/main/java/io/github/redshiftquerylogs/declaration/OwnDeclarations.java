package io.github.redshiftquerylogs.declaration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the own exports of a folder: its files {@code *.yaml}, one per export. Other files, such as a README, are ignored;
 * what looks like a declaration and would be ignored is a problem.
 */
public final class OwnDeclarations {

    /** More is no declaration. */
    static final long LARGEST = 65_536;
    /** Each is a table that each run of each cluster asks for. */
    static final int MOST = 100;

    private static final String OTHER_ENDING = ".yml";

    private OwnDeclarations() {}

    /**
     * All declarations of a folder, by file. One that is broken affects no other.
     *
     * @throws IOException if the folder cannot be listed
     */
    public static List<OwnDeclaration> in(DeclarationFolder folder) throws IOException {
        List<OwnDeclaration> all = new ArrayList<>();
        for (Map.Entry<String, Long> file : folder.files().entrySet()) {
            if (file.getKey().endsWith(Declarations.ENDING) || file.getKey().endsWith(OTHER_ENDING)) {
                all.add(
                        all.size() < MOST
                                ? read(folder, file.getKey(), file.getValue())
                                : broken(
                                        file.getKey(),
                                        "is one of more than " + MOST + " files: expected at most " + MOST));
            }
        }
        return all;
    }

    private static OwnDeclaration read(DeclarationFolder folder, String file, long bytes) {
        if (file.contains("/")) {
            return broken(file, "lies in another folder: expected all declarations in the folder itself");
        }
        if (file.endsWith(OTHER_ENDING)) {
            return broken(file, "has another ending: expected " + Declarations.ENDING);
        }
        if (bytes > LARGEST) {
            return broken(file, "has " + bytes + " bytes: expected at most " + LARGEST);
        }
        try {
            return Declarations.readOwn(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(folder.content(file)))
                            .toString(),
                    file);
        } catch (CharacterCodingException e) {
            return broken(file, "is no text: expected UTF-8");
        } catch (IOException e) {
            return broken(file, "cannot be read: " + e.getMessage() + ": expected a readable file");
        }
    }

    private static OwnDeclaration broken(String file, String text) {
        return OwnDeclaration.broken(file, List.of(new DeclarationProblem(file, 0, text)));
    }
}
