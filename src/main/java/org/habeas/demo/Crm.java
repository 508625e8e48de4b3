package org.habeas.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.habeas.demo.Population.Person;

/** The customer register: customers and where they live, people who showed an interest, and what they wrote. */
record Crm(Population population, LocalDate today) implements Demonstration.Tables {
    private static final List<String> INTERESTS =
            List.of("heat pumps", "solar panels", "charging at home", "a new bathroom", "insulation", "windows");
    private static final List<String> SUBJECTS = List.of(
            "When does my order arrive?",
            "Question about the invoice",
            "Thank you",
            "I want to change the date",
            "Is the part in stock?",
            "Complaint about the delivery");
    private static final List<String> BODIES = List.of(
            "Hello, I have waited for a week now. Can you tell me when it comes?",
            "Hi, I think the amount is not what we agreed on. Please have a look.",
            "Everything works, thank you for coming so quickly.",
            "Could you come on a Thursday instead? I am at home all day.",
            "Good morning, my neighbour got one last month and I would like the same.");

    @Override
    public String definition() {
        return """
                create table address (
                    id integer primary key,
                    street text not null,
                    postal_code text not null,
                    city text not null,
                    country text not null);
                create table customer (
                    id integer primary key,
                    customer_number text not null unique,
                    first_name text not null,
                    last_name text not null,
                    email text not null unique,
                    phone text,
                    birth_date date,
                    address_id integer references address (id),
                    company text not null check (company in ('nordlys-retail', 'nordlys-service')),
                    registered_on date not null,
                    note text);
                create index on customer (address_id);
                create table contact (
                    id integer primary key,
                    customer_id integer references customer (id),
                    name text not null,
                    email text not null,
                    phone text,
                    city text,
                    interest text not null,
                    registered_at timestamptz not null);
                create index on contact (customer_id);
                create index on contact (email);
                create table email_sent (
                    id bigint primary key,
                    contact_id integer references contact (id),
                    from_email text not null,
                    sent_at timestamptz not null,
                    subject text not null,
                    body text not null);
                create index on email_sent (contact_id);
                create index on email_sent (from_email);
                """;
    }

    @Override
    public void rows(Connection connection) throws SQLException {
        Copy addresses = new Copy("address", "id, street, postal_code, city, country");
        population.homes().forEach(h -> addresses.row(h.id(), h.street(), h.postalCode(), h.city(), "NO"));
        addresses.send(connection);
        customers(new Random(1)).send(connection);
        Random random = new Random(2);
        Copy contacts = new Copy("contact", "id, customer_id, name, email, phone, city, interest, registered_at");
        Copy emails = new Copy("email_sent", "id, contact_id, from_email, sent_at, subject, body");
        int contact = 0;
        int email = 0;
        for (Person person : population.people()) {
            boolean ada = person == population.ada();
            if (!ada && person.customer() && random.nextInt(5) != 0) {
                continue;
            }
            OffsetDateTime registered = moment(random, 900);
            contacts.row(
                    ++contact,
                    person.customer() ? person.id() : null,
                    person.name(),
                    person.email(),
                    person.phone(),
                    population.homeOf(person).city(),
                    Population.pick(INTERESTS, random),
                    registered);
            for (int i = ada ? 3 : random.nextInt(5); i > 0; i--) {
                emails.row(
                        ++email,
                        contact,
                        person.email(),
                        registered.plusDays(random.nextInt(90)),
                        Population.pick(SUBJECTS, random),
                        Population.pick(BODIES, random) + "\nRegards, " + person.first());
            }
        }
        contacts.send(connection);
        emails.send(connection);
    }

    private Copy customers(Random random) {
        Copy customers = new Copy(
                "customer",
                "id, customer_number, first_name, last_name, email, phone, birth_date, address_id, company,"
                        + " registered_on, note");
        for (Person person : population.customers()) {
            customers.row(
                    person.id(),
                    person.customerNumber(),
                    person.first(),
                    person.last(),
                    person.email(),
                    person.phone(),
                    person.born(),
                    person.home(),
                    person.company(),
                    today.minusDays(8 * 365L + random.nextInt(400)),
                    random.nextInt(6) == 0 ? "Prefers to be called in the evening" : null);
        }
        return customers;
    }

    private OffsetDateTime moment(Random random, int days) {
        return today.minusDays(100 + random.nextInt(days))
                .atTime(LocalTime.of(6 + random.nextInt(14), random.nextInt(60)))
                .atOffset(ZoneOffset.UTC);
    }
}
