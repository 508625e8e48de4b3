package org.habeas.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A folder outside the operator's hands ({@code HABEAS_ANCHOR_FOLDER}, for example write-once storage) that gets a copy of every
 * head. A file is made once and never written again.
 */
@ApplicationScoped
class AnchorFolder {
    private static final Logger LOG = Logger.getLogger(AnchorFolder.class);

    private final Optional<Path> folder;

    AnchorFolder(@ConfigProperty(name = "habeas.anchor-folder") Optional<Path> folder) {
        this.folder = folder;
    }

    /** Copies a head that is stored; whether it lies there now. */
    boolean keep(Checkpoint head, SignedNote note) {
        return folder.isPresent() && write(folder.get(), head, note);
    }

    private static boolean write(Path place, Checkpoint head, SignedNote note) {
        String name = String.format(Locale.ROOT, "checkpoint-%019d", head.size());
        try {
            Files.createDirectories(place);
            Files.writeString(
                    place.resolve(name),
                    note.toString(),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            return true;
        } catch (FileAlreadyExistsException e) {
            return true; // another replica signed the same head
        } catch (IOException e) {
            LOG.error("The head of the history could not be copied to " + place + ": " + e.getMessage());
            return false;
        }
    }
}
