package org.habeas.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.habeas.demo.Population.Person;

/** The newsletter: who reads which list, what she clicked, and who never wants one again. */
record Newsletter(Population population, LocalDate today) implements Demonstration.Tables {
    private static final int CAMPAIGNS = 24;
    private static final List<String> LISTS = List.of("offers", "tips", "service");
    private static final List<String> AGENTS = List.of("Firefox on Linux", "Safari on iPhone", "Chrome on Android");

    @Override
    public String definition() {
        return """
                create table campaign (
                    id integer primary key,
                    name text not null,
                    sent_on date not null);
                create table subscription (
                    id uuid primary key,
                    email text not null,
                    list text not null,
                    language text not null,
                    subscribed_at timestamptz not null,
                    consent_text text not null,
                    preferences jsonb not null,
                    unique (email, list));
                create table click (
                    id bigint primary key,
                    email text not null,
                    campaign_id integer not null references campaign (id),
                    clicked_at timestamptz not null,
                    link text not null,
                    ip_address inet,
                    user_agent text not null);
                create index on click (email);
                create table unsubscription (
                    email text primary key,
                    unsubscribed_on date not null);
                """;
    }

    @Override
    public void rows(Connection connection) throws SQLException {
        Random random = new Random(5);
        Copy campaigns = new Copy("campaign", "id, name, sent_on");
        for (int i = 1; i <= CAMPAIGNS; i++) {
            campaigns.row(i, "Letter " + i, today.minusMonths(CAMPAIGNS - i).minusDays(5));
        }
        campaigns.send(connection);
        Copy subscriptions =
                new Copy("subscription", "id, email, list, language, subscribed_at, consent_text, preferences");
        Copy clicks = new Copy("click", "id, email, campaign_id, clicked_at, link, ip_address, user_agent");
        Copy unsubscriptions = new Copy("unsubscription", "email, unsubscribed_on");
        int click = 0;
        for (Person person : population.people()) {
            boolean ada = person == population.ada();
            if (!ada && random.nextInt(2) == 0) {
                continue;
            }
            if (!ada && random.nextInt(20) == 0) {
                unsubscriptions.row(person.email(), today.minusDays(random.nextInt(600)));
                continue;
            }
            subscribe(subscriptions, person, LISTS.subList(0, ada ? 2 : 1 + random.nextInt(3)), random);
            for (int i = ada ? 5 : random.nextInt(9); i > 0; i--) {
                click(clicks, ++click, person, random);
            }
        }
        subscriptions.send(connection);
        clicks.send(connection);
        unsubscriptions.send(connection);
    }

    private void subscribe(Copy subscriptions, Person person, List<String> lists, Random random) {
        for (String list : lists) {
            subscriptions.row(
                    new UUID(random.nextLong(), random.nextLong()),
                    person.email(),
                    list,
                    random.nextInt(8) == 0 ? "nn" : "nb",
                    moment(today.minusDays(200 + random.nextInt(900)), random),
                    "Yes, send me news about " + list + ". I can stop it at any time.",
                    "{\"frequency\": \"" + (random.nextBoolean() ? "weekly" : "monthly") + "\", \"html\": true}");
        }
    }

    private void click(Copy clicks, int id, Person person, Random random) {
        int campaign = 1 + random.nextInt(CAMPAIGNS);
        clicks.row(
                id,
                person.email(),
                campaign,
                moment(today.minusMonths(CAMPAIGNS - campaign).minusDays(random.nextInt(5)), random),
                "https://nordlys.example/letters/" + campaign + "#" + random.nextInt(6),
                // an address range that documentation may use (RFC 5737)
                "203.0.113." + (1 + random.nextInt(250)),
                Population.pick(AGENTS, random));
    }

    private static OffsetDateTime moment(LocalDate day, Random random) {
        return day.atTime(LocalTime.of(random.nextInt(24), random.nextInt(60))).atOffset(ZoneOffset.UTC);
    }
}
