package org.habeas.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Gathers what the policy's side knows of a person, less what a ground forbids to tell her. */
@ApplicationScoped
public class PersonPolicies {
    private final Policies policies;
    private final Choices choices;
    private final Disclosures disclosures;

    PersonPolicies(Policies policies, Choices choices, Disclosures disclosures) {
        this.policies = policies;
        this.choices = choices;
        this.disclosures = disclosures;
    }

    /** {@code people} are the keyed hashes of her proven identifiers. */
    public PersonPolicy of(List<String> people) {
        return new PersonPolicy(
                policies.published(),
                choices.told(people),
                disclosures.about(people).stream()
                        .filter(d -> d.withheld().isEmpty())
                        .toList());
    }
}
