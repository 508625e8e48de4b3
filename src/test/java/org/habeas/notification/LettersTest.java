package org.habeas.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.datamap.Position;
import org.habeas.datamap.SystemEntry;
import org.habeas.fulfilment.Execution;
import org.habeas.fulfilment.Plan;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.law.Regimes;
import org.habeas.law.RetentionRule;
import org.habeas.law.Right;
import org.habeas.problem.NotPossible;
import org.habeas.request.Answer;
import org.habeas.request.Correction;
import org.habeas.request.Outcome;
import org.habeas.request.Reference;
import org.habeas.words.Words;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every letter must say, in all three languages. */
class LettersTest {
    private static final Reference REFERENCE = new Reference("H-7K3Q-9M2X-4T");
    private static final LocalDate RECEIVED = LocalDate.parse("2026-11-25");
    private static final Organisation ORGANISATION = organisation(new Organisation.Authority(
            "Datatilsynet",
            Optional.of("postboks 458 Sentrum, 0105 Oslo"),
            Optional.of("https://www.datatilsynet.no")));
    private static final Letterhead HEAD = Letterhead.of(ORGANISATION, "retail", "http://127.0.0.1:8080/");
    private static final Optional<Ground> UNFOUNDED = Grounds.named("art-12-5-unfounded");

    @ParameterizedTest
    @ValueSource(strings = {"en", "nb", "nn"})
    void everyLetterSaysWhoWritesAndWhoWatches(String language) {
        for (Letter letter : everyLetter(language)) {
            for (String part : List.of(
                    "Nordlys Retail",
                    "privacy@nordlys.example",
                    "Storgata 1, 0155 Oslo",
                    "Kari Ombud, dpo@nordlys.example",
                    "Datatilsynet, postboks 458 Sentrum, 0105 Oslo")) {
                assertTrue(letter.text().contains(part), letter.kind() + " lacks " + part + ":\n" + letter.text());
            }
            assertTrue(letter.subject().length() < 80, letter.subject());
            assertFalse(letter.text().contains("{"), letter.text());
            assertFalse(letter.text().matches("(?s).*\\b\\d{6}\\b.*"), "no other number looks like a code");
        }
    }

    @ParameterizedTest
    @CsvSource({"en,Article 12(5)", "nb,artikkel 12(5)", "nn,artikkel 12(5)"})
    void aRefusalNamesWhatGroundWhyAuthorityAndCourt(String language, String citation) {
        Words words = Words.of(language);
        Letter letter = refusal(language, Regimes.named("gdpr-no").id());
        for (String part : List.of(
                words.say("letter_right_erasure"),
                UNFOUNDED.orElseThrow().title(language),
                citation,
                "You asked the same yesterday.",
                "Datatilsynet, postboks 458 Sentrum, 0105 Oslo, https://www.datatilsynet.no",
                words.say("letter_court"))) {
            assertTrue(letter.text().contains(part), part + " is missing in\n" + letter.text());
        }
    }

    @Test
    void underBritishLawARefusalNamesTheOrganisationsOwnComplaint() {
        assertTrue(refusal("en", "uk").text().contains("first complain to us: privacy@nordlys.example"));
        assertFalse(refusal("en", "gdpr-no").text().contains("first complain to us"));
    }

    @Test
    void aRefusalIsNotWrittenWhileAPartIsMissing() {
        Facts facts = facts(Right.ERASURE, "gdpr-no");
        Optional<String> why = Optional.of("Because.");
        var unreachable = Letterhead.of(
                organisation(new Organisation.Authority("Datatilsynet", Optional.empty(), Optional.empty())), "", "");
        assertEquals("letter_lacks_ground", lacks(facts, HEAD, Optional.empty(), why));
        assertEquals("letter_lacks_why", lacks(facts, HEAD, UNFOUNDED, Optional.empty()));
        assertEquals("letter_lacks_why", lacks(facts, HEAD, UNFOUNDED, Optional.of("  ")));
        assertEquals("letter_lacks_authority", lacks(facts, unreachable, UNFOUNDED, why));
    }

    @Test
    void theReceiptTellsTheDateAndHowItCameAbout() {
        String text = letters("en").receipt(facts(Right.ACCESS, "gdpr-no")).text();
        for (String part : List.of(
                "H-7K3Q-9M2X-4T",
                "a copy of your data (GDPR Article 15)",
                "Wednesday 25 November 2026",
                "Monday 28 December 2026",
                "one month from Wednesday 25 November 2026",
                "public holiday",
                "http://127.0.0.1:8080/request/H-7K3Q-9M2X-4T")) {
            assertTrue(text.contains(part), part + " is missing in\n" + text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "nb", "nn"})
    void theCodeMailHasOneCodeAndNothingElseOfTheRequest(String language) {
        Letter letter = letters(language).code("012345");
        assertTrue(letter.text().startsWith("012345\n"), letter.text());
        assertFalse(letter.subject().contains("012345"));
        assertFalse(letter.text().contains("H-7K3Q"));
        assertTrue(letter.text().contains("privacy@nordlys.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "en,31 December 2030,Shops,orders,erased",
        "nb,31. desember 2030,Shops,orders,slettet",
        "nn,31. desember 2030,Shops,orders,sletta"
    })
    void theErasureLetterListsWhatWentAndWhatStaysWhyAndUntilWhen(
            String language, String until, String system, String collection, String erased) {
        String text = done(language, Right.ERASURE).text();
        for (String part : List.of(
                until,
                system + ", " + collection,
                erased,
                "Vouchers, Bookkeeping Act section 13",
                "others live there",
                "Posten",
                Words.of(language).say("letter_read_back_clean"))) {
            assertTrue(text.contains(part), part + " is missing in\n" + text);
        }
    }

    @Test
    void theCorrectionLetterNamesFieldsAndSystemsButNoValues() {
        String text = done("en", Right.CORRECTION).text();
        assertTrue(text.contains("- postal city"), text);
        assertTrue(text.contains("Shops, orders: one entry changed"), text);
        assertFalse(text.contains("Bergen"), text);
    }

    @Test
    void theResultSaysHowToFetchTheCopyAndUntilWhen() {
        String text = done("en", Right.ACCESS).text();
        assertTrue(text.contains("http://127.0.0.1:8080/request/H-7K3Q-9M2X-4T"), text);
        assertTrue(text.contains("until Friday 25 December 2026"), text);
        assertTrue(text.contains("H-7K3Q-9M2X-4T"), text);
    }

    @Test
    void aRecipientIsToldWhoAndWhatButNoValues() {
        Letter notice = RecipientNotice.write(
                HEAD,
                Words.of("en"),
                facts(Right.CORRECTION, "gdpr-no"),
                org.habeas.casework.Recipients.What.CORRECTION,
                "ada@example.org",
                List.of(shops()),
                List.of("postal_city"));
        for (String part : List.of("ada@example.org", "Shops", "postal_city", "correct", "H-7K3Q-9M2X-4T")) {
            assertTrue(notice.text().contains(part), part + " is missing in\n" + notice.text());
        }
    }

    private static List<Letter> everyLetter(String language) {
        CaseLetters letters = letters(language);
        Facts access = facts(Right.ACCESS, "gdpr-no");
        return List.of(
                letters.receipt(access),
                letters.extension(access, "Nine systems."),
                letters.message(access, "Which shop?", true),
                letters.end(access, Outcome.WITHDRAWN),
                letters.end(access, Outcome.ABANDONED),
                letters.end(access, Outcome.DUPLICATE),
                refusal(language, "gdpr-no"),
                done(language, Right.ACCESS),
                done(language, Right.PORTABILITY),
                done(language, Right.OBJECTION),
                done(language, Right.RESTRICTION),
                done(language, Right.CORRECTION),
                done(language, Right.ERASURE));
    }

    private static Letter refusal(String language, String regime) {
        Facts facts = facts(Right.ERASURE, regime);
        Refusal refusal = Refusal.of(facts, HEAD, UNFOUNDED, Optional.of("You asked the same yesterday."));
        return answers(language).answer(facts, Answer.REFUSE, Optional.empty(), Optional.of(refusal), Optional.empty());
    }

    private static Letter done(String language, Right right) {
        Optional<Changes> changes = right.changesData() ? Optional.of(changes(right)) : Optional.empty();
        return answers(language)
                .answer(
                        facts(right, "gdpr-no"),
                        Answer.FULFIL,
                        Optional.of("We do what you ask."),
                        Optional.empty(),
                        changes);
    }

    private static Changes changes(Right right) {
        boolean erasure = right == Right.ERASURE;
        var stage = new Execution.Stage(
                "shop", "orders", erasure ? Plan.Action.DELETE : Plan.Action.CHANGE, 1, 1, Optional.empty());
        List<Execution.Kept> kept = erasure
                ? List.of(
                        new Execution.Kept(
                                "shop",
                                "invoices",
                                3,
                                "retained",
                                Optional.of("no-bookkeeping"),
                                Optional.of("Bookkeeping Act section 13"),
                                Optional.of(LocalDate.parse("2030-12-31"))),
                        new Execution.Kept(
                                "shop",
                                "home",
                                1,
                                "others live there",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                : List.of();
        var execution = new Execution(UUID.randomUUID(), List.of(stage), kept, Optional.of(0L));
        var rule = new RetentionRule(
                "no-bookkeeping",
                "Bookkeeping Act section 13",
                "Vouchers",
                Period.ofYears(5),
                RetentionRule.Start.FINANCIAL_YEAR_END,
                MonthDay.of(12, 31),
                RetentionRule.Mode.AUTO);
        return new Changes(
                new DataMap(ORGANISATION, List.of(shops()), List.of(), List.of(rule)),
                execution,
                List.of(new Correction(null, null, "postal_city", "Oslo", "Bergen")),
                shops().recipients());
    }

    private static SystemEntry shops() {
        return new SystemEntry(
                "shop",
                "Shops",
                SystemEntry.Kind.MANUAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new SystemEntry.Recipient(
                        "Posten", Optional.of("NO"), Optional.empty(), Optional.of("post@posten.example"))),
                Optional.empty(),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                Position.NONE);
    }

    private static String lacks(Facts facts, Letterhead head, Optional<Ground> ground, Optional<String> why) {
        return assertThrows(NotPossible.class, () -> Refusal.of(facts, head, ground, why))
                .getMessage();
    }

    private static Facts facts(Right right, String regime) {
        var law = Regimes.named(regime);
        var deadline = law.deadline(RECEIVED);
        return new Facts(
                REFERENCE,
                right,
                law,
                RECEIVED,
                deadline.date(),
                Optional.empty(),
                deadline,
                7,
                Optional.of(LocalDate.parse("2026-12-25")));
    }

    private static CaseLetters letters(String language) {
        return new CaseLetters(HEAD, Words.of(language));
    }

    private static AnswerLetters answers(String language) {
        return new AnswerLetters(HEAD, Words.of(language));
    }

    private static Organisation organisation(Organisation.Authority authority) {
        return new Organisation(
                "Nordlys Group",
                "privacy@nordlys.example",
                Optional.of("Storgata 1, 0155 Oslo"),
                Optional.of(
                        new Organisation.Contact("Kari Ombud", Optional.of("dpo@nordlys.example"), Optional.empty())),
                authority,
                List.of("nb", "nn", "en"),
                ZoneId.of("Europe/Oslo"),
                "gdpr-no",
                List.of(),
                List.of(new Organisation.Company("retail", "Nordlys Retail", Optional.empty(), Optional.empty())),
                Map.of(),
                false,
                new Organisation.OwnRecords(
                        Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30), Period.ofYears(3)));
    }
}
