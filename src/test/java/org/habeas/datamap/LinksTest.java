package org.habeas.datamap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.habeas.datamap.FieldReference.Direction;
import org.junit.jupiter.api.Test;

class LinksTest {
    @Test
    void from_finds_the_rows_of_the_carrier_and_they_point() {
        Links links = links(
                collection("customer", identity("email"), key("id")),
                collection("order", key("id"), field("customer_id", ref("customer.id", Direction.FROM))));

        assertEquals(List.of("db.customer[id] -> db.order[customer_id] owned"), ways(links));
        assertEquals(List.of("order at customer"), pointers(links));
        assertTrue(links.reachable(key2("order")));
        assertEquals("email", links.entryPoints("email").get(0).field().name());
    }

    @Test
    void to_finds_the_named_rows_and_the_carrier_still_points() {
        Links links = links(
                collection("customer", identity("email"), field("address_id", ref("address.id", Direction.TO))),
                collection("address", key("id")));

        assertEquals(List.of("db.customer[address_id] -> db.address[id]"), ways(links));
        assertEquals(List.of("customer at address"), pointers(links));
    }

    @Test
    void without_direction_both_ways_hold_but_only_one_points() {
        Links links = links(
                collection("customer", identity("email"), key("id")),
                collection("order", key("id"), field("customer_id", ref("customer.id", Direction.BOTH))));

        assertEquals(
                List.of("db.customer[id] -> db.order[customer_id] owned", "db.order[customer_id] -> db.customer[id]"),
                ways(links));
        assertEquals(List.of("order at customer"), pointers(links));
    }

    @Test
    void a_primary_key_that_names_a_plain_field_is_the_one_pointed_at() {
        Links links = links(
                collection("customer", identity("email"), key("id", ref("order.customer_id", Direction.TO))),
                collection("order", key("id"), field("customer_id", ref("customer.id", Direction.FROM))));

        assertEquals(List.of("db.customer[id] -> db.order[customer_id] owned"), ways(links));
        assertEquals(List.of("order at customer"), pointers(links));
    }

    @Test
    void one_key_that_extends_another_points_at_it() {
        Links links = links(
                collection("customer", identity("email"), key("id")),
                collection("detail", key("id", ref("customer.id", Direction.FROM))));

        assertEquals(List.of("detail at customer"), pointers(links));
    }

    @Test
    void a_composite_key_is_one_link() {
        Links links = links(
                collection("order", key("region"), key("no"), identity("email")),
                collection(
                        "line",
                        key("order_no", ref("order.no", Direction.FROM)),
                        key("order_region", ref("order.region", Direction.FROM)),
                        key("line_no")));

        assertEquals(List.of("db.order[no, region] -> db.line[order_no, order_region] owned"), ways(links));
    }

    @Test
    void a_composite_key_that_is_told_from_its_own_side_is_the_same_link() {
        Links links = links(
                collection(
                        "order",
                        key("region", ref("line.order_region", Direction.TO)),
                        key("no", ref("line.order_no", Direction.TO)),
                        identity("email")),
                collection("line", key("order_no"), key("order_region"), key("line_no")));

        assertEquals(List.of("db.order[no, region] -> db.line[order_no, order_region] owned"), ways(links));
        assertEquals(List.of("line at order"), pointers(links));
    }

    @Test
    void two_composite_keys_into_one_collection_keep_their_halves_together() {
        Links links = links(
                collection("account", key("branch"), key("no"), identity("email")),
                collection(
                        "transfer",
                        field("from_branch", ref("account.branch", Direction.FROM)),
                        field("to_branch", ref("account.branch", Direction.FROM)),
                        field("from_no", ref("account.no", Direction.FROM)),
                        field("to_no", ref("account.no", Direction.FROM))));

        assertEquals(
                List.of(
                        "db.account[branch, no] -> db.transfer[from_branch, from_no] owned",
                        "db.account[branch, no] -> db.transfer[to_branch, to_no] owned"),
                ways(links));
    }

    @Test
    void a_shared_half_belongs_to_every_key() {
        Links links = links(
                collection("account", key("tenant"), key("no"), identity("email")),
                collection(
                        "transfer",
                        field("tenant", ref("account.tenant", Direction.FROM)),
                        field("from_no", ref("account.no", Direction.FROM)),
                        field("to_no", ref("account.no", Direction.FROM))));

        assertEquals(
                List.of(
                        "db.account[tenant, no] -> db.transfer[tenant, from_no] owned",
                        "db.account[tenant, no] -> db.transfer[tenant, to_no] owned"),
                ways(links));
    }

    @Test
    void what_cannot_be_paired_is_an_error_until_it_is_named() {
        MappedCollection key = collection("key", key("a"), key("b"), key("c"));
        assertEquals(
                1,
                links(
                                key,
                                collection(
                                        "row",
                                        field("a1", ref("key.a", Direction.FROM)),
                                        field("a2", ref("key.a", Direction.FROM)),
                                        field("b1", ref("key.b", Direction.FROM)),
                                        field("b2", ref("key.b", Direction.FROM)),
                                        field("b3", ref("key.b", Direction.FROM)),
                                        field("c", ref("key.c", Direction.FROM))))
                        .findings()
                        .size());
    }

    @Test
    void groups_that_the_map_names_need_no_primary_key() {
        Links links = links(
                collection("person", identity("email"), field("first"), field("born")),
                collection(
                        "guest",
                        field("name", grouped("person.first", "who")),
                        field("birthday", grouped("person.born", "who"))));

        assertEquals(List.of("db.person[first, born] -> db.guest[name, birthday] owned"), ways(links));
    }

    @Test
    void references_that_are_no_key_together_are_alternatives() {
        Links links = links(
                collection("customer", key("id"), identity("email"), identity("phone")),
                collection(
                        "contact",
                        field("email", ref("customer.email", Direction.FROM)),
                        field("phone", ref("customer.phone", Direction.FROM))));

        assertEquals(
                List.of(
                        "db.customer[email] -> db.contact[email] owned",
                        "db.customer[phone] -> db.contact[phone] owned"),
                ways(links));
    }

    @Test
    void a_part_of_a_key_alone_is_followed_and_warned_about() {
        Links links = links(
                collection("order", key("region"), key("no"), identity("email")),
                collection("line", field("order_no", ref("order.no", Direction.FROM))));

        assertEquals(List.of("db.order[no] -> db.line[order_no] owned"), ways(links));
        assertTrue(links.findings().get(0).message().contains("part of the primary key"));
    }

    @Test
    void a_collection_may_refer_to_itself_and_skipped_ones_are_left_out() {
        Links links = links(
                collection("person", identity("email"), key("id"), field("boss", ref("person.id", Direction.FROM))),
                skipped("log", field("person_id", ref("person.id", Direction.FROM))),
                collection("island", key("id")));

        assertEquals(List.of("db.person[id] -> db.person[boss] owned"), ways(links));
        assertFalse(links.reachable(key2("log")));
        assertFalse(links.reachable(key2("island")));
    }

    private static List<String> ways(Links links) {
        List<String> ways = new ArrayList<>();
        for (String name : NAMES) {
            links.from(key2(name)).forEach(l -> ways.add(l + (l.targetPoints() ? " owned" : "")));
        }
        return ways;
    }

    private static List<String> pointers(Links links) {
        List<String> pointers = new ArrayList<>();
        for (String name : NAMES) {
            links.pointersOf(key2(name))
                    .forEach(p ->
                            pointers.add(p.owner().name() + " at " + p.named().name()));
        }
        return pointers;
    }

    private static final List<String> NAMES = List.of(
            "customer", "order", "address", "detail", "line", "account", "transfer", "person", "key", "row", "log");

    private static CollectionKey key2(String name) {
        return new CollectionKey("db", name);
    }

    private static Links links(MappedCollection... collections) {
        return Links.of(new DataMap(
                null, List.of(), List.of(new Dataset("db", "db", List.of(collections), Position.NONE)), List.of()));
    }

    private static MappedCollection collection(String name, MappedField... fields) {
        return build(name, false, fields);
    }

    private static MappedCollection skipped(String name, MappedField... fields) {
        return build(name, true, fields);
    }

    private static MappedCollection build(String name, boolean skip, MappedField... fields) {
        return new MappedCollection(
                "db",
                name,
                List.of(fields),
                Optional.empty(),
                new MappedCollection.OnErasure.Delete(),
                Optional.empty(),
                List.of(),
                List.of(),
                skip,
                Position.NONE);
    }

    private static MappedField key(String name, FieldReference... references) {
        return build(name, true, Optional.empty(), references);
    }

    private static MappedField field(String name, FieldReference... references) {
        return build(name, false, Optional.empty(), references);
    }

    private static MappedField identity(String name) {
        return build(name, false, Optional.of(name));
    }

    private static MappedField build(
            String name, boolean key, Optional<String> identity, FieldReference... references) {
        return new MappedField(
                name,
                List.of(),
                key,
                identity,
                Arrays.asList(references),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                false,
                Optional.empty(),
                true,
                Position.NONE);
    }

    private static FieldReference ref(String field, Direction direction) {
        String[] parts = field.split("\\.");
        return new FieldReference(new FieldAddress("db", parts[0], parts[1]), direction);
    }

    private static FieldReference grouped(String field, String group) {
        return new FieldReference(ref(field, Direction.FROM).other(), Direction.FROM, List.of(group));
    }
}
