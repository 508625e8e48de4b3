package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import org.habeas.datamap.MapFolder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From when the portal's own records are past their time, by default and as {@code own_records} says. Unverified requests and
 * packages have their times where they arise: CodesTest and DeliveryTest.
 */
class OwnRecordsDueTest {
    /** Noon in the organisation's summer; four years and four months before lies a leap day, in its winter. */
    private static final String NOW = "2028-06-30T10:00:00Z";

    private static final String OWN =
            "own_records: {findings: P1D, evidence: P2M, messages: P1Y, cases: P4Y4M, staff: P5Y}";

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            # what,   by default,           as set,               law.md section 6
            FINDINGS, 2028-05-31T10:00:00Z, 2028-06-29T10:00:00Z, findings and their key: 30 days after closing
            EVIDENCE, 2028-05-31T10:00:00Z, 2028-04-30T10:00:00Z, as findings: of a document nothing is kept that is not needed (section 3)
            MESSAGES, 2028-05-31T10:00:00Z, 2027-06-30T10:00:00Z, as findings: the record is kept without the data itself
            RECORDS,  2025-06-30T10:00:00Z, 2024-02-29T11:00:00Z, the case record without the data: 3 years after closing
            STAFF,    2025-06-30T10:00:00Z, 2023-06-30T10:00:00Z, as long as the case records: nobody is asked of them later
            """)
    void goes(OwnRecordsDue.What what, Instant byDefault, Instant asSet, String law) {
        assertEquals(byDefault, due("").get(what), law);
        assertEquals(asSet, due(OWN).get(what), law);
    }

    /** What is told with these lines in organisation.yml. */
    @SuppressWarnings("unchecked")
    private static Map<OwnRecordsDue.What, Instant> due(String lines) {
        Map<OwnRecordsDue.What, Instant> told = new EnumMap<>(OwnRecordsDue.What.class);
        var organisation = "name: Yard\ncontact: yard@example.org\ntime_zone: Europe/Oslo\n" + lines + "\n";
        var map = new MapFolder().with("organisation.yml", organisation).load().map();
        Event<OwnRecordsDue> listening = (Event<OwnRecordsDue>) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> {
                    OwnRecordsDue due = (OwnRecordsDue) arguments[0];
                    told.put(due.what(), due.closedBefore());
                    return null;
                });
        new OwnRecords(map, null, listening, null, Clock.fixed(Instant.parse(NOW), ZoneOffset.UTC)).look();
        return told;
    }
}
