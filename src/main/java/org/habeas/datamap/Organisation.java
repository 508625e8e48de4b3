package org.habeas.datamap;

import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * organisation.yml: who answers. {@code companies} are the controllers of the group ({@code id} is the wire name in a
 * request's {@code organisation}); an organisation without any has one, itself.
 */
public record Organisation(
        String name,
        String contact,
        Optional<String> postalAddress,
        Optional<Contact> dataProtectionOfficer,
        Authority authority,
        List<String> languages,
        ZoneId zone,
        String regime,
        List<Purpose> purposes,
        List<Company> companies,
        Map<String, String> assurance,
        boolean accessNeedsApproval,
        OwnRecords ownRecords) {

    public record Contact(String name, Optional<String> email, Optional<String> phone) {}

    /** The supervisory authority one can complain to (Article 77). */
    public record Authority(String name, Optional<String> postalAddress, Optional<String> website) {}

    /** Why data is processed, with its legal basis (Articles 6, 13(1)(c)); {@code legalBasis} as fideslang or in words. */
    public record Purpose(String key, String title, String legalBasis, Optional<String> description) {}

    public record Company(String id, String name, Optional<String> regime, Optional<String> contact) {}

    /** How long the portal keeps its own records (law.md section 6). */
    public record OwnRecords(Duration unverified, Duration packages, Duration findings, Period cases) {}

    public Optional<Company> company(String id) {
        return companies.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    public Optional<Purpose> purpose(String key) {
        return purposes.stream().filter(p -> p.key().equals(key)).findFirst();
    }
}
