package org.habeas.testing;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;

/** A data map without systems, for tests of an application that loads none. */
class PlainMap {
    @Produces
    @Singleton
    @DefaultBean
    DataMap map() {
        return new DataMap(
                new Organisation(
                        "Nordlys",
                        "privacy@nordlys.example",
                        Optional.empty(),
                        Optional.empty(),
                        new Organisation.Authority("Datatilsynet", Optional.empty(), Optional.empty()),
                        List.of("nb", "nn", "en"),
                        ZoneId.of("Europe/Oslo"),
                        "gdpr-no",
                        List.of(),
                        List.of(
                                new Organisation.Company(
                                        "nordlys-retail", "Nordlys Retail", Optional.empty(), Optional.empty()),
                                new Organisation.Company(
                                        "nordlys-uk", "Nordlys UK", Optional.of("uk"), Optional.empty())),
                        Map.of(),
                        false,
                        new Organisation.OwnRecords(
                                Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30), Period.ofYears(3))),
                List.of(),
                List.of(),
                List.of());
    }
}
