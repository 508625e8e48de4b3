package org.habeas.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static final List<String> OFFERED = List.of("nb", "nn", "en");

    @Test
    void threeLanguagesByTheirOwnNames() {
        assertEquals(List.of("nb", "en", "nn"), Words.languages());
    }

    @ParameterizedTest
    @CsvSource({
        "en, Wednesday 25 November 2026, 25 Nov 2026",
        "nb, onsdag 25. november 2026, 25. nov. 2026",
        "nn, onsdag 25. november 2026, 25. nov. 2026"
    })
    void aDateIsToldInFull(String language, String full, String brief) {
        var day = LocalDate.of(2026, 11, 25);
        assertEquals(full, Words.of(language).date(day));
        assertEquals(brief, Words.of(language).shortDate(day));
        assertEquals("laurdag 28. november 2026", Words.of("nn").date(day.plusDays(3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | NOK | NOK_12,450.50",
                "nb | NOK | 12_450,50_kr",
                "nn | NOK | 12_450,50_kr",
                "en | EUR | EUR_12,450.50",
                "nb | EUR | 12_450,50_EUR"
            })
    void anAmountIsToldAsTheLanguageWritesIt(String language, String currency, String told) {
        String money = Words.of(language).money(new BigDecimal("12450.5"), currency);
        assertEquals(told, money.replaceAll("[\u00a0\u202f]", "_"));
    }

    @Test
    void anInstantIsToldInTheZoneOfTheOrganisation() {
        var late = Instant.parse("2026-11-25T23:30:00Z");
        assertEquals(
                "26. november 2026 kl. 00.30",
                Words.of("nb").in(ZoneId.of("Europe/Oslo")).moment(late));
        assertThrows(IllegalStateException.class, () -> Words.of("nb").moment(late));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nn-NO,nn;q=0.9,en;q=0.8 | nn",
                "de, en;q=0.5 | en",
                "no | nb",
                "en;q=0.1, nb | nb",
                "de | nb",
                "'' | nb",
                "*;q=0.5, nn | nn",
                ";;;q=,,, | nb",
                "en;q=abc, nn;q=0.2 | nn"
            })
    void theReaderIsHeard(String header, String expected) {
        assertEquals(expected, Words.best(header, OFFERED));
    }

    @Test
    void aKeyMayCarryItsArguments() {
        assertEquals("Use at most 200 characters.", Words.of("en").tell("problem_text_long(200)"));
        assertEquals("Not a key.", Words.of("en").tell("Not a key."));
        assertThrows(AssertionError.class, () -> Words.of("en").say("no_such_key"));
    }

    @Test
    void aLinkCarriesTheLanguageThatWasChosen() {
        assertEquals("/policy", new CurrentWords(Words.of("nn"), false).link("/policy"));
        var current = new CurrentWords(Words.of("nn"), true);
        assertEquals("/cases?view=mine&lang=nn#main", current.link("/cases?view=mine#main"));
    }
}
