package org.habeas.site;

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

class AnOrganisation {
    @Produces
    @Singleton
    @DefaultBean
    DataMap map() {
        return new DataMap(
                new Organisation(
                        "Nordlys Group",
                        "privacy@nordlys.example",
                        Optional.of("Storgata 1, 9008 Tromsø"),
                        Optional.empty(),
                        new Organisation.Authority(
                                "Datatilsynet", Optional.empty(), Optional.of("https://www.datatilsynet.no")),
                        List.of("nb", "nn", "en"),
                        ZoneId.of("Europe/Oslo"),
                        "gdpr-no",
                        List.of(),
                        List.of(),
                        Map.of(),
                        false,
                        new Organisation.OwnRecords(
                                Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30), Period.ofYears(3))),
                List.of(),
                List.of(),
                List.of());
    }
}
