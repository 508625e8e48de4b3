package org.habeas.fulfilment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.datamap.MappedCollection;

/** Judges row by row what a right asks for. */
interface Judgement {
    /** What becomes of the row; empty where it has nothing to do with what was asked. */
    Optional<Fate> of(MappedCollection collection, Found found);

    /** The new values of a row that is masked, changed, or kept with fields blanked; without those that stay the same. */
    Map<String, Object> wanted(MappedCollection collection, Found found, Fate fate);

    /** The same for the digest: a random value counts as random. */
    String intended(MappedCollection collection, Found found, Fate fate);

    /** What stands against the whole, beyond what the systems say. */
    List<Plan.Problem> problems();
}
