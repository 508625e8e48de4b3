package org.habeas.mandate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.habeas.identity.Holder;
import org.habeas.problem.Invalid;
import org.habeas.problem.TooLarge;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** What a form with files brought; how many and how large is looked at before anything is read. */
final class Received {
    private Received() {}

    static void hand(List<FileUpload> files, Holder holder, Mandates mandates) {
        List<FileUpload> chosen = files == null
                ? List.of()
                : files.stream().filter(f -> f.size() > 0).toList();
        if (chosen.isEmpty()) {
            throw Invalid.field("file", "mandate_none");
        } else if (chosen.size() > Mandates.MOST_FILES) {
            throw Invalid.field("file", "mandate_many(" + Mandates.MOST_FILES + ")");
        } else if (chosen.stream().anyMatch(f -> f.size() > Mandates.LARGEST)) {
            throw new TooLarge("mandate_large");
        }
        for (FileUpload file : chosen) {
            try {
                mandates.send(holder, file.fileName(), Files.readAllBytes(file.uploadedFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
