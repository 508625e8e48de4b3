package org.habeas.datamap;

import java.text.Normalizer;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
        OwnRecords ownRecords,
        List<SystemEntry.Recipient> recipients) {

    public Organisation {
        companies = companies.isEmpty()
                ? List.of(new Company(slug(name), name, Optional.empty(), Optional.empty()))
                : List.copyOf(companies);
    }

    /** An organisation that declares no list of recipients of its own. */
    public Organisation(
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
        this(
                name,
                contact,
                postalAddress,
                dataProtectionOfficer,
                authority,
                languages,
                zone,
                regime,
                purposes,
                companies,
                assurance,
                accessNeedsApproval,
                ownRecords,
                List.of());
    }

    public record Contact(String name, Optional<String> email, Optional<String> phone) {}

    /** The supervisory authority one can complain to (Article 77). */
    public record Authority(String name, Optional<String> postalAddress, Optional<String> website) {}

    /** Why data is processed, with its legal basis (Articles 6, 13(1)(c)); {@code legalBasis} as fideslang or in words. */
    public record Purpose(String key, String title, String legalBasis, Optional<String> description) {}

    /** A controller of the group; {@code officers} are the accounts that answer for it (see {@link Remit}). */
    public record Company(
            String id,
            String name,
            Optional<String> regime,
            Optional<String> contact,
            Optional<String> postalAddress,
            List<String> officers) {
        /** One that lists no officers, at the group's address. */
        public Company(String id, String name, Optional<String> regime, Optional<String> contact) {
            this(id, name, regime, contact, Optional.empty(), List.of());
        }
    }

    /**
     * The companies whose cases an account answers. Whoever is listed answers for the companies that list her and no other;
     * whoever is not, for those that list nobody.
     */
    public record Remit(boolean listed, Set<String> companies) {
        public boolean covers(String company) {
            return listed == companies.contains(company);
        }

        /** Whether no company is kept from her. */
        public boolean whole() {
            return !listed && companies.isEmpty();
        }
    }

    /**
     * How long the portal keeps its own records (law.md section 6). {@code staff}: which account stands behind a pseudonym of the
     * history, after its last act.
     */
    public record OwnRecords(
            Duration unverified,
            Duration packages,
            Duration findings,
            Period evidence,
            Period messages,
            Period cases,
            Period notices,
            Period staff,
            Period disclosures,
            Period security) {
        /** So long evidence of identity, and messages and letters, are kept after closing, if nothing else is said. */
        public static final Period DETAILS = Period.ofDays(30);
        /** A year is how long the address to which a notice of a changed policy went is kept, if nothing else is said. */
        public static final Period NOTICES = Period.ofYears(1);
        /** So long can be asked for to whom somebody's data was given. */
        public static final Period DISCLOSURES = Period.ofYears(5);
        /** And so long what was refused to whom, under pseudonyms. */
        public static final Period SECURITY = Period.ofDays(90);

        public OwnRecords(Duration unverified, Duration packages, Duration findings, Period cases) {
            this(unverified, packages, findings, DETAILS, DETAILS, cases, NOTICES, cases, DISCLOSURES, SECURITY);
        }
    }

    public Optional<Company> company(String id) {
        return companies.stream().filter(c -> c.id().equals(id)).findFirst();
    }

    public Remit remit(String account) {
        Set<String> own = ids(c -> c.officers().contains(account));
        return own.isEmpty() ? new Remit(false, ids(c -> !c.officers().isEmpty())) : new Remit(true, own);
    }

    private Set<String> ids(Predicate<Company> which) {
        return companies.stream().filter(which).map(Company::id).collect(Collectors.toUnmodifiableSet());
    }

    public Optional<Purpose> purpose(String key) {
        return purposes.stream().filter(p -> p.key().equals(key)).findFirst();
    }

    /** {@code Fjord Books} is {@code fjord-books} on the wire. */
    private static String slug(String name) {
        String plain = Normalizer.normalize(
                        name.toLowerCase(Locale.ROOT).replace("ø", "o").replace("æ", "ae"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.isEmpty() ? "organisation" : plain;
    }
}
