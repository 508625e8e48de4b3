package org.habeas.fulfilment;

import java.util.Set;
import org.habeas.request.RightsRequest;

/** Article 19: data in these systems was corrected or erased; whoever received it from them is to be told. */
public record RecipientsToTell(RightsRequest request, Set<String> systems) {}
