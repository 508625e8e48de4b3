package org.habeas.casework;

import java.util.List;
import org.habeas.request.RightsRequest;

/** Article 19: this recipient is to be told, by mail, what was done with data that it received from these systems. */
public record RecipientToTell(
        RightsRequest request, Recipients.What what, String recipient, String contact, List<String> systems) {}
