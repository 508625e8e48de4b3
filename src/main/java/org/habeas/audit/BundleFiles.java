package org.habeas.audit;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The files of a bundle, wherever they lie. The names are docs/history-format.md's. */
interface BundleFiles {
    String CHECKPOINT = "checkpoint";
    String PUBLIC_KEY = "public.key";
    String ENTRIES = "entries.jsonl";
    String LEAVES = "leaves";
    String EARLIER = "checkpoints/";

    /** Which details were shredded, when and under which rule; for reading, no proof covers it. */
    String SHREDDED = "shredded.jsonl";

    /** All names, also one that stands there twice. */
    List<String> names();

    /** The content of a file that {@link #names} lists. */
    InputStream open(String name) throws IOException;
}
