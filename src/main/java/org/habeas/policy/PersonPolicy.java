package org.habeas.policy;

import java.util.List;

/** What the policy's side knows of a person, for the answer to her: the versions, what she chose, to whom data was given. */
public record PersonPolicy(List<PolicyVersion> versions, List<Choices.Told> choices, List<Disclosure> disclosures) {
    public static PersonPolicy none() {
        return new PersonPolicy(List.of(), List.of(), List.of());
    }
}
