package org.habeas.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.habeas.identity.Codes;
import org.habeas.limit.Puzzles;
import org.habeas.request.Requests;
import org.junit.jupiter.api.Test;

/** Passphrases hold 140 bits, and nothing that is secret is compared step by step. */
class SecretsTest {
    private static final int BITS = 140;

    @Test
    void everyBitOfAPassphraseCounts() {
        Set<String> made = new HashSet<>(Set.of(Secrets.passphrase(new byte[18])));
        for (int bit = 0; bit < BITS; bit++) {
            byte[] random = new byte[18];
            random[17 - bit / 8] = (byte) (1 << bit % 8);
            made.add(Secrets.passphrase(random));
        }
        assertEquals(BITS + 1, made.size());
    }

    @Test
    void everySymbolOfAPassphraseIsAnyOfThirtyTwo() {
        List<String> made = java.util.stream.Stream.generate(Secrets::passphrase)
                .limit(500)
                .map(Secrets::normal)
                .toList();
        for (int place = 0; place < BITS / 5; place++) {
            int at = place;
            long symbols = made.stream().map(text -> text.charAt(at)).distinct().count();
            assertTrue(symbols > 28, symbols + " symbols at place " + place);
        }
    }

    /** Time itself is no measure in a build: what is called tells it. */
    @Test
    void secretsAreComparedInConstantTime() {
        JavaClasses classes = new ClassFileImporter()
                .importClasses(Secrets.class, Codes.class, Requests.class, Puzzles.class, MessageDigest.class);
        assertTrue(calls(classes, Secrets.class, "same").contains("MessageDigest.isEqual"));
        assertTrue(calls(classes, Codes.class, "redeem").contains("Secrets.same"), "codes");
        assertTrue(calls(classes, Requests.class, "opens").contains("Secrets.same"), "passphrases");
        assertTrue(calls(classes, Puzzles.class, "redeem").contains("Secrets.same"), "seals of puzzles");
    }

    private static Set<String> calls(JavaClasses classes, Class<?> type, String method) {
        return classes.get(type).getMethods().stream()
                .filter(m -> m.getName().equals(method))
                .flatMap(m -> m.getMethodCallsFromSelf().stream())
                .map(SecretsTest::name)
                .collect(Collectors.toSet());
    }

    private static String name(JavaMethodCall call) {
        return call.getTargetOwner().getSimpleName() + "." + call.getTarget().getName();
    }
}
