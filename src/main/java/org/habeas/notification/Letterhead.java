package org.habeas.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.datamap.Organisation;
import org.habeas.request.Reference;
import org.habeas.words.Words;

/**
 * Who writes: the company that was asked, and what stands at the foot of every letter. {@code portal} is the portal's public
 * address, without a slash at the end.
 */
record Letterhead(Organisation organisation, String company, String contact, String portal) {
    static Letterhead of(Organisation organisation, String asked, String portal) {
        Optional<Organisation.Company> company = organisation.company(asked);
        return new Letterhead(
                organisation,
                company.map(Organisation.Company::name).orElse(organisation.name()),
                company.flatMap(Organisation.Company::contact).orElse(organisation.contact()),
                portal.replaceAll("/+$", ""));
    }

    /** Where the person follows her request. */
    String statusPage(Reference reference) {
        return portal + "/request/" + reference;
    }

    /** The authority with all that is known of how to reach it. */
    String authority() {
        Organisation.Authority authority = organisation.authority();
        return Stream.of(Stream.of(authority.name()), authority.postalAddress().stream(), authority.website().stream())
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
    }

    /** How a complaint reaches the authority: its postal address, or else its web site. */
    Optional<String> authorityAddress() {
        Organisation.Authority authority = organisation.authority();
        return authority.postalAddress().or(authority::website);
    }

    /** Whether a complaint can reach the authority by what is known of it. */
    boolean authorityCanBeReached() {
        Organisation.Authority authority = organisation.authority();
        return authority.postalAddress().isPresent() || authority.website().isPresent();
    }

    /** Contact, address, data protection officer and authority (Article 13(1)(a) and (b), (2)(d)). */
    String foot(Words words) {
        List<String> lines = new ArrayList<>(List.of(company));
        if (!company.equals(organisation.name())) {
            lines.add(organisation.name());
        }
        organisation.companies().stream()
                .filter(c -> c.name().equals(company))
                .flatMap(c -> c.postalAddress().stream())
                .findFirst()
                .or(organisation::postalAddress)
                .ifPresent(a -> lines.add(words.say("letter_foot_address", a)));
        lines.add(words.say("letter_foot_contact", contact));
        organisation.dataProtectionOfficer().ifPresent(o -> lines.add(words.say("letter_foot_officer", reach(o))));
        lines.add(words.say("letter_foot_authority", authority()));
        return String.join("\n", lines);
    }

    /** Only who writes and how to reach her: under a mail to an address that nobody has proven. */
    String shortFoot(Words words) {
        return company + "\n" + words.say("letter_foot_contact", contact);
    }

    private static String reach(Organisation.Contact officer) {
        return Stream.of(Stream.of(officer.name()), officer.email().stream(), officer.phone().stream())
                .flatMap(part -> part)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
