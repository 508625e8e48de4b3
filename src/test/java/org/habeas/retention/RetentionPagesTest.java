package org.habeas.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.flow.Screen;
import org.habeas.testing.Chromium;
import org.junit.jupiter.api.Test;

/** What two officers see of retention in the browser, when there is something to see: runs in every state, holds, certificates. */
@QuarkusTest
@TestProfile(Yard.class)
class RetentionPagesTest {
    @TestHTTPResource
    URL portal;

    @Inject
    Runs runs;

    @Inject
    RunWork work;

    @Inject
    Schedule schedule;

    @Inject
    Outlook outlook;

    @Inject
    Holds holds;

    @Inject
    AgroalDataSource database;

    @Test
    void twoOfficersDecideAndReadTheCertificate() throws Exception {
        aYardWithMuchToDo();
        String waiting = "/retention/runs/" + whatWaitsAfterARun();
        try (Chromium chromium = Chromium.start()) {
            Screen officer = signedIn(chromium, "officer");
            officer.goes("/retention");
            officer.presses("details > summary");
            officer.stands("retention");
            officer.goes(waiting);
            officer.stands("retention-waiting");
            officer.presses("form[action$='/release'] button");
            assertEquals(0, officer.page.locator("form[action$='/release']").count(), "her own word is not two");
            officer.goes("/holds");
            officer.presses("form[action$='/holds'] button");
            assertEquals(1, officer.page.locator("#identifiers").count(), "the summary's link leads somewhere");
            officer.stands("holds");
            officer.close();

            Screen second = signedIn(chromium, "officer2");
            second.goes(waiting);
            second.presses("form[action$='/release'] button");
            second.stands("retention-running");
            carryOn(UUID.fromString(waiting.replaceAll(".*/", "")));
            second.goes(waiting);
            second.stands("retention-certificate");
            assertTrue(second.page.innerText("main").contains("officer, officer2"), "who released it");
            second.close();
        }
    }

    private Screen signedIn(Chromium chromium, String account) {
        Screen screen = new Screen(chromium, portal, new Browser.NewContextOptions().setLocale("en"));
        screen.unchecked().signsIn(account);
        return screen;
    }

    private void aYardWithMuchToDo() throws Exception {
        Yard.empty();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from legal_hold; delete from retention_run; delete from work_item");
        }
        Yard.sql("insert into person select n, 'p' || n || '@example.org', 'P' from generate_series(1, 9) n");
        Yard.sql("insert into invoice select n, n % 9 + 1, '2015-05-05', null from generate_series(1, 1200) n");
        Yard.sql("insert into line select id, 1, 'x' from invoice");
        Yard.sql("insert into stamp values (17)");
        Yard.sql(
                "insert into offer select n, 'p' || n % 9 || '@example.org', '2015-01-01Z' from generate_series(1, 30) n");
        hold(new NewHold(
                Map.of("email", "p2@example.org"),
                Optional.empty(),
                Optional.empty(),
                "A claim that is before the court of appeal",
                LocalDate.now().minusDays(2)));
        hold(new NewHold(Map.of(), Optional.of("yard.log"), Optional.empty(), "Audit", LocalDate.now()));
        hold(new NewHold(Map.of(), Optional.empty(), Optional.of("yard-south"), "Sale", LocalDate.now()));
    }

    private void hold(NewHold hold) {
        QuarkusTransaction.requiringNew().run(() -> holds.place(hold, Actor.officer("officer")));
    }

    /** A run purged what it may, another waits for two officers, and what comes is counted. */
    private UUID whatWaitsAfterARun() {
        Actor admin = new Actor(Actor.Kind.ADMIN, "admin");
        carryOn(schedule.open(admin, true).id);
        carryOn(schedule.open(admin, false).id);
        UUID waiting = QuarkusTransaction.requiringNew().call(runs::unfinished).get(0).id;
        carryOn(waiting);
        outlook.count(() -> {});
        return waiting;
    }

    private void carryOn(UUID run) {
        work.carryOn(run, () -> {}, new Sweeps.Points());
    }
}
