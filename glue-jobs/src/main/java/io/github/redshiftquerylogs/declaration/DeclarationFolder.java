package io.github.redshiftquerylogs.declaration;

import java.io.IOException;
import java.util.SortedMap;

/** A folder with the files of own exports. */
public interface DeclarationFolder {

    /**
     * The files of the folder and of those in it: their paths within it, with slashes, and their sizes in bytes.
     *
     * @throws IOException if it cannot be listed
     */
    SortedMap<String, Long> files() throws IOException;

    /**
     * The content of a file.
     *
     * @throws IOException if it cannot be read
     */
    byte[] content(String file) throws IOException;
}
