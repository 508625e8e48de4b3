package org.habeas.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.habeas.demo.Population.Person;

/** Orders and their lines, invoices and packing slips under the Bookkeeping Act, agreements of the service company. */
final class Billing implements Demonstration.Tables {
    private static final BigDecimal VAT = new BigDecimal("0.25");
    private static final List<String> PRODUCTS = List.of(
            "Head torch",
            "Wool blanket",
            "Snow shovel",
            "Thermos flask",
            "Reflective vest",
            "Fishing rod",
            "Rain jacket",
            "Sledge",
            "Camping stove",
            "Ice cleats",
            "Heat pump filter",
            "Charging cable",
            "LED bulb",
            "Door mat");
    /** Days since each of her orders: one whose invoice is past its time, one near its end, two of late. */
    private static final List<Integer> ADAS_ORDERS = List.of(2600, 1500, 400, 20);

    private final Population population;
    private final LocalDate today;
    private final Random random = new Random(3);
    private final Copy orders = new Copy("\"order\"", "id, customer_id, ordered_at, company, status, delivery_note");
    private final Copy lines =
            new Copy("order_line", "order_id, line_no, product_id, quantity, unit_price, gift_message");
    private final Copy invoices = new Copy(
            "invoice",
            "id, invoice_number, customer_id, order_id, issued_on, due_on, net, vat, recipient_name, recipient_email,"
                    + " recipient_address, marketing_note");
    private final Copy slips =
            new Copy("packing_slip", "id, order_id, customer_id, packed_on, recipient_name, recipient_address");
    private final Copy agreements =
            new Copy("service_agreement", "id, customer_id, signed_on, ended_on, place_of_service, monthly_price");
    private int order;
    private int agreement;

    Billing(Population population, LocalDate today) {
        this.population = population;
        this.today = today;
    }

    @Override
    public String definition() {
        return """
                create table product (
                    id integer primary key,
                    sku text not null unique,
                    name text not null,
                    price numeric(10, 2) not null);
                create table "order" (
                    id bigint primary key,
                    customer_id integer not null,
                    ordered_at timestamptz not null,
                    company text not null,
                    status text not null,
                    delivery_note text);
                create index on "order" (customer_id);
                create table order_line (
                    order_id bigint not null references "order" (id),
                    line_no integer not null,
                    product_id integer not null references product (id),
                    quantity integer not null check (quantity > 0),
                    unit_price numeric(10, 2) not null,
                    gift_message varchar(200),
                    primary key (order_id, line_no));
                create table invoice (
                    id bigint primary key,
                    invoice_number text not null unique,
                    customer_id integer not null,
                    order_id bigint not null,
                    issued_on date not null,
                    due_on date not null,
                    net numeric(12, 2) not null,
                    vat numeric(12, 2) not null,
                    recipient_name text not null,
                    recipient_email text not null,
                    recipient_address text not null,
                    marketing_note text not null);
                create index on invoice (customer_id);
                create index on invoice (recipient_email);
                create index on invoice (issued_on);
                create table packing_slip (
                    id bigint primary key,
                    order_id bigint not null,
                    customer_id integer not null,
                    packed_on date not null,
                    recipient_name text not null,
                    recipient_address text not null);
                create index on packing_slip (customer_id);
                create index on packing_slip (packed_on);
                create table service_agreement (
                    id integer primary key,
                    customer_id integer not null,
                    signed_on date not null,
                    ended_on date not null,
                    place_of_service text not null,
                    monthly_price numeric(10, 2) not null);
                create index on service_agreement (customer_id);
                """;
    }

    @Override
    public void rows(Connection connection) throws SQLException {
        Copy products = new Copy("product", "id, sku, name, price");
        for (int i = 1; i <= PRODUCTS.size(); i++) {
            products.row(i, "N-" + (100 + i), PRODUCTS.get(i - 1), price(i));
        }
        population.customers().forEach(this::buys);
        for (Copy table : List.of(products, orders, lines, invoices, slips, agreements)) {
            table.send(connection);
        }
    }

    private void buys(Person person) {
        boolean ada = person == population.ada();
        for (int days : ada ? ADAS_ORDERS : orderedDaysAgo()) {
            order(person, today.minusDays(days));
        }
        if (ada || person.company().equals("nordlys-service")) {
            LocalDate signed = today.minusDays(ada ? 1000 : random.nextInt(7 * 365));
            agreements.row(
                    ++agreement,
                    person.id(),
                    signed,
                    signed.plusYears(2),
                    population.homeOf(person).line(),
                    price(agreement % 9));
        }
    }

    /** Up to eight years back, so that some invoices are past their five years from the start. */
    private List<Integer> orderedDaysAgo() {
        List<Integer> days = new ArrayList<>();
        for (int i = random.nextInt(7); i > 0; i--) {
            days.add(3 + random.nextInt(8 * 365));
        }
        return days;
    }

    private void order(Person person, LocalDate day) {
        order++;
        orders.row(
                order,
                person.id(),
                day.atTime(LocalTime.of(random.nextInt(24), random.nextInt(60))).atOffset(ZoneOffset.UTC),
                person.company(),
                "delivered",
                random.nextInt(5) == 0 ? "Put it behind the garage, the dog is friendly" : null);
        BigDecimal net = BigDecimal.ZERO;
        int last = 1 + random.nextInt(4);
        for (int line = 1; line <= last; line++) {
            int product = 1 + random.nextInt(PRODUCTS.size());
            int quantity = 1 + random.nextInt(3);
            String gift = random.nextInt(12) == 0 ? "Happy birthday from " + person.first() : null;
            lines.row(order, line, product, quantity, price(product), gift);
            net = net.add(price(product).multiply(BigDecimal.valueOf(quantity)));
        }
        papers(person, day, net);
    }

    private void papers(Person person, LocalDate day, BigDecimal net) {
        String address = population.homeOf(person).line();
        boolean noted = random.nextInt(3) == 0 || person == population.ada();
        invoices.row(
                order,
                "F-" + (100_000 + order),
                person.id(),
                order,
                day,
                day.plusDays(14),
                net,
                net.multiply(VAT).setScale(2, RoundingMode.HALF_UP),
                person.name(),
                person.email(),
                address,
                noted ? "Bought on the spring campaign; offer the matching set" : "");
        slips.row(order, order, person.id(), day.plusDays(1), person.name(), address);
    }

    private static BigDecimal price(int product) {
        return new BigDecimal(89 + product * 60).setScale(2);
    }
}
