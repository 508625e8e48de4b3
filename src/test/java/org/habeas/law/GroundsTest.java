package org.habeas.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroundsTest {
    @Test
    void an_erasure_is_fulfilled_under_article_17_1() {
        assertEquals(
                List.of("art-17-1", "art-17-1-a", "art-17-1-b", "art-17-1-c", "art-17-1-d", "art-17-1-e", "art-17-1-f"),
                codes(Right.ERASURE, "fulfil", "gdpr"));
    }

    @ParameterizedTest
    @EnumSource(Right.class)
    void every_refusal_has_the_grounds_of_the_contract(Right right) {
        Set<String> always = Set.of(
                "art-12-2",
                "art-12-5-unfounded",
                "art-12-5-excessive",
                "art-15-4",
                "art-17-3-a",
                "art-17-3-b",
                "art-17-3-c",
                "art-17-3-d",
                "art-17-3-e",
                "not-held");
        Set<String> norwegian =
                Set.of("popplyl-16-a", "popplyl-16-b", "popplyl-16-c", "popplyl-16-d", "popplyl-16-e", "popplyl-16-f");
        for (String outcome : List.of("refuse", "partly", "keep")) {
            assertTrue(codes(right, outcome, "gdpr").containsAll(always));
            assertTrue(codes(right, outcome, "gdpr-no").containsAll(always));
            assertTrue(codes(right, outcome, "gdpr-no").containsAll(norwegian));
            assertFalse(codes(right, outcome, "gdpr").contains("popplyl-16-a"));
            assertFalse(codes(right, outcome, "gdpr").contains("art-17-1"));
        }
    }

    @Test
    void a_rights_own_grounds_come_first() {
        List<String> access = codes(Right.ACCESS, "refuse", "gdpr-no");
        assertTrue(access.indexOf("popplyl-16-f") < access.indexOf("art-17-3-a"));
        assertFalse(access.contains("art-16-accurate"));
        assertTrue(codes(Right.CORRECTION, "refuse", "gdpr").contains("art-16-accurate"));
    }

    @Test
    void unknown_outcomes_have_none_and_every_ground_has_three_languages() {
        assertEquals(List.of(), codes(Right.ACCESS, "perhaps", "gdpr"));
        for (Right right : Right.values()) {
            for (String regime : Regimes.ids()) {
                assertFalse(Grounds.allowed(right, "fulfil", regime).isEmpty(), right.code());
                Grounds.allowed(right, "refuse", regime).forEach(ground -> {
                    assertEquals(Set.of("en", "nb", "nn"), ground.titles().keySet());
                    assertEquals(ground, Grounds.named(ground.code()).orElseThrow());
                });
            }
        }
    }

    @Test
    void refusals_and_erasures_name_a_ground() {
        assertTrue(Grounds.required(Right.ERASURE, "fulfil"));
        assertTrue(Grounds.required(Right.ACCESS, "partly"));
        assertFalse(Grounds.required(Right.ACCESS, "fulfil"));
    }

    private static List<String> codes(Right right, String outcome, String regime) {
        return Grounds.allowed(right, outcome, regime).stream()
                .map(Ground::code)
                .toList();
    }
}
