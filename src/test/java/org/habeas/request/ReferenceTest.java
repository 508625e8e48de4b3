package org.habeas.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    @Test
    void referencesDoNotCountUp() {
        List<String> made =
                Stream.generate(() -> Reference.random().text()).limit(1000).toList();
        Set<String> different = new HashSet<>(made);
        assertEquals(1000, different.size());
        long rising = 0;
        Set<String> beginnings = new HashSet<>();
        for (int i = 1; i < made.size(); i++) {
            rising += made.get(i).compareTo(made.get(i - 1)) > 0 ? 1 : 0;
            beginnings.add(made.get(i).substring(2, 6));
        }
        assertTrue(rising > 350 && rising < 650, rising + " of 999 come after the one before");
        assertTrue(beginnings.size() > 900, beginnings.size() + " beginnings");
    }
}
