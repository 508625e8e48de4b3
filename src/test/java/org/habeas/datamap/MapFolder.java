package org.habeas.datamap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data map for a test: a small right one (a shop in two databases), of which single files can be put otherwise. */
public final class MapFolder {
    public static final String ORGANISATION =
            """
            name: Nordlys Handel AS
            contact: privacy@nordlys.example
            purposes:
              - {key: orders, title: Orders, legal_basis: contract}
              - {key: invoicing, title: Invoicing, legal_basis: legal obligation}
            """;
    public static final String SYSTEMS =
            """
            systems:
              - {name: crm, kind: jdbc, url: "jdbc:postgresql://127.0.0.1/crm"}
              - {name: billing, kind: jdbc, url: "jdbc:postgresql://127.0.0.1/billing", username: "${DB_USER}"}
            """;
    public static final String CRM =
            """
            dataset:
              - fides_key: crm
                name: Customers
                collections:
                  - name: customer
                    habeas: {purpose: orders, on_erasure: mask}
                    fields:
                      - {name: id, fides_meta: {primary_key: true, data_type: integer}}
                      - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
                      - name: home
                        data_categories: [user.contact.address]
                        fields:
                          - {name: city}
                          - {name: zip, data_categories: [user.contact.address.postal_code]}
            """;
    public static final String BILLING =
            """
            dataset:
              - fides_key: billing
                collections:
                  - name: invoice
                    habeas:
                      purpose: invoicing
                      on_erasure: delete
                      retention: {rule: no-bookkeeping, from: issued_on}
                      while_retained: [marketing_note]
                    fields:
                      - {name: id, fides_meta: {primary_key: true}}
                      - {name: customer_id, fides_meta: {references: [{dataset: crm, field: customer.id, direction: from}]}}
                      - {name: issued_on}
                      - name: marketing_note
                        data_categories: [user.behavior]
                        habeas: {mask: empty, correctable: false}
            """;

    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>(Map.of("DB_USER", "reader"));

    public MapFolder() {
        with("organisation.yml", ORGANISATION);
        with("systems.yml", SYSTEMS);
        with("crm.yml", CRM);
        with("billing.yml", BILLING);
    }

    public MapFolder with(String file, String text) {
        return with(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public MapFolder with(String file, byte[] bytes) {
        files.put(file, bytes);
        return this;
    }

    public MapFolder without(String file) {
        files.remove(file);
        return this;
    }

    public MapFolder variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public MapFolder writeTo(Path folder) {
        files.forEach((name, bytes) -> {
            try {
                Files.write(folder.resolve(name), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return this;
    }

    public Loaded load() {
        try {
            Path folder = Files.createTempDirectory("map");
            writeTo(folder);
            return new DataMapLoader(name -> Optional.ofNullable(environment.get(name))).load(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The findings of that severity, as they are printed. */
    public List<String> findings(Finding.Severity severity) {
        return load().findings().stream()
                .filter(f -> f.severity() == severity)
                .map(Finding::toString)
                .toList();
    }
}
