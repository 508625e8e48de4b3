package org.habeas.connector.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.habeas.connector.Catalogue;
import org.habeas.connector.Catalogue.Table;
import org.habeas.connector.ValueType;

/** PostgreSQL's own catalogue: complete, also where information_schema hides what the account does not own. */
final class PostgresCatalogue implements CatalogueReader {
    private static final String OURS = " n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like"
            + " 'pg\\_toast%' and n.nspname not like 'pg\\_temp%'";

    private static final String TABLES =
            """
            select c.oid, n.nspname, c.relname, c.relkind, c.relrowsecurity,
                   pg_relation_is_updatable(c.oid, false) & 20 = 20 as writable,
                   exists (select 1 from pg_constraint x where x.conrelid = c.oid and x.contype = 'x') as excludes
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and"""
                    + OURS;

    /** Domains and arrays are peeled off once a type, however many columns have it. */
    private static final String COLUMNS =
            """
            with recursive held as materialized (
                select a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull,
                       a.attgenerated <> '' or a.attidentity = 'a' as generated,
                       a.atthasdef or a.attidentity <> '' as defaulted
                from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
                where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
                     and not c.relispartition and"""
                    + OURS
                    + """
            ), peeled(atttypid, atttypmod, oid, mod, required, array_seen) as (
                select distinct h.atttypid, h.atttypmod, h.atttypid, h.atttypmod, false, false from held h
                union all
                select p.atttypid, p.atttypmod, case when d.typtype = 'd' then d.typbasetype else d.typelem end,
                       case when d.typtype = 'd' and p.mod < 0 then d.typtypmod else p.mod end,
                       p.required or (d.typtype = 'd' and d.typnotnull), p.array_seen or d.typtype <> 'd'
                from peeled p join pg_type d on d.oid = p.oid
                where d.typtype = 'd' or (d.typelem <> 0 and d.typcategory = 'A')
            ), kinds as materialized (
                select p.atttypid, p.atttypmod, p.required, p.array_seen as array, b.typname, b.typtype,
                       format_type(b.oid, -1) as type,
                       case when b.typname in ('varchar', 'bpchar') and p.mod > 4 then p.mod - 4 end as length,
                       case when b.typtype = 'e' then array(select e.enumlabel::text from pg_enum e
                            where e.enumtypid = b.oid order by e.enumsortorder) end as labels
                from peeled p join pg_type b on b.oid = p.oid
                where b.typtype <> 'd' and not (b.typelem <> 0 and b.typcategory = 'A'))
            select h.attrelid, h.attname, k.typname, k.typtype, k.type, k.array, h.attnotnull or k.required as required,
                   k.length, h.generated, h.defaulted, k.labels
            from held h join kinds k on k.atttypid = h.atttypid and k.atttypmod = h.atttypmod
            order by h.attrelid, h.attnum""";

    private static final String KEYS =
            """
            select i.indrelid, x.relname, i.indisprimary,
                   i.indpred is null and not (0 = any(i.indkey::smallint[])) and i.indisvalid as whole,
                   array(select a.attname::text from generate_series(0, i.indnkeyatts - 1) k
                         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k] order by k) as columns
            from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
            join pg_class x on x.oid = i.indexrelid
            where i.indisunique and not c.relispartition and"""
                    + OURS;

    private static final String FOREIGN_KEYS =
            """
            select k.conname, k.conrelid, k.confrelid, k.confdeltype, k.condeferrable,
                   array(select a.attname::text from unnest(k.conkey) with ordinality u(num, o)
                         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by o) as columns,
                   array(select a.attname::text from unnest(k.confkey) with ordinality u(num, o)
                         join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num order by o) as targets
            from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            where k.contype = 'f' and k.conparentid = 0 and not c.relispartition and"""
                    + OURS;

    private static final String CHECKS =
            """
            select k.conrelid, k.conname, pg_get_expr(k.conbin, k.conrelid) as expression
            from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            where k.contype = 'c' and k.convalidated and not c.relispartition and"""
                    + OURS;

    private static final String TRIGGERS =
            """
            select t.tgrelid, t.tgname, t.tgtype & 8 <> 0 as on_delete, t.tgtype & 16 <> 0 as on_update
            from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
            where not t.tgisinternal and t.tgenabled <> 'D' and not c.relispartition and"""
                    + OURS
                    + """
             union all
            select r.ev_class, r.rulename, r.ev_type = '4', r.ev_type = '2'
            from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
            where r.rulename <> '_RETURN' and r.ev_type in ('2', '4') and"""
                    + OURS;

    private static final String SHOWN =
            """
            select distinct r.ev_class, d.refobjid
            from pg_rewrite r join pg_depend d on d.objid = r.oid and d.classid = 'pg_rewrite'::regclass
                 and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
            join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
            where r.rulename = '_RETURN' and"""
                    + OURS;

    @Override
    public Catalogue read(Connection connection, Optional<String> schema) throws SQLException {
        Draft draft = new Draft();
        each(connection, TABLES, r -> {
            Draft.Entry entry = draft.add(r.getLong(1), r.getString(2), r.getString(3), kind(r.getString(4)));
            entry.writable = entry.kind != Table.Kind.VIEW || r.getBoolean("writable");
            if (r.getBoolean("relrowsecurity") || r.getBoolean("excludes")) {
                entry.triggers.add(new Catalogue.Trigger("row security or an exclusion", true, true));
            }
        });
        each(connection, COLUMNS, r -> with(draft, r, e -> e.columns.add(column(r))));
        each(
                connection,
                KEYS,
                r -> with(draft, r, e -> {
                    if (r.getBoolean("indisprimary")) {
                        e.primaryKey = names(r, "columns");
                    } else {
                        e.uniques.add(new Catalogue.Unique(
                                r.getString("relname"), names(r, "columns"), r.getBoolean("whole")));
                    }
                }));
        each(connection, FOREIGN_KEYS, r -> foreignKey(draft, r));
        each(
                connection,
                CHECKS,
                r -> with(
                        draft,
                        r,
                        e -> e.checks.add(new Catalogue.Check(r.getString("conname"), r.getString("expression")))));
        each(
                connection,
                TRIGGERS,
                r -> with(
                        draft,
                        r,
                        e -> e.triggers.add(new Catalogue.Trigger(
                                r.getString("tgname"), r.getBoolean("on_delete"), r.getBoolean("on_update")))));
        each(connection, SHOWN, r -> {
            Draft.Entry shown = draft.get(r.getLong("refobjid"));
            if (shown != null) {
                with(draft, r, e -> e.shows.add(shown.qualified()));
            }
        });
        return draft.finish(schema.isPresent() ? schema.get() : current(connection));
    }

    private static String current(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select current_schema()");
                var rows = select.executeQuery()) {
            rows.next();
            String current = rows.getString(1);
            return current == null ? "public" : current;
        }
    }

    private static Table.Kind kind(String relkind) {
        return switch (relkind) {
            case "p" -> Table.Kind.PARTITIONED;
            case "f" -> Table.Kind.FOREIGN;
            case "v", "m" -> Table.Kind.VIEW;
            default -> Table.Kind.TABLE;
        };
    }

    private static Catalogue.Column column(ResultSet r) throws SQLException {
        String name = r.getString("typname");
        int length = r.getInt("length");
        return new Catalogue.Column(
                r.getString("attname"),
                r.getString("type"),
                type(name, r.getString("typtype")),
                r.getBoolean("array"),
                !r.getBoolean("required"),
                length > 0 ? OptionalInt.of(length) : OptionalInt.empty(),
                r.getBoolean("generated"),
                r.getBoolean("defaulted"),
                name.equals("citext"),
                names(r, "labels"));
    }

    private static ValueType type(String name, String typtype) {
        return switch (name) {
            case "int2", "int4", "int8", "oid" -> ValueType.INTEGER;
            case "numeric" -> ValueType.DECIMAL;
            case "float4", "float8" -> ValueType.FLOAT;
            case "text", "varchar", "bpchar", "citext", "name" -> ValueType.TEXT;
            case "bool" -> ValueType.BOOLEAN;
            case "date" -> ValueType.DATE;
            case "time" -> ValueType.TIME;
            case "timestamp" -> ValueType.TIMESTAMP;
            case "timestamptz" -> ValueType.INSTANT;
            case "uuid" -> ValueType.UUID;
            case "bytea" -> ValueType.BINARY;
            case "json", "jsonb" -> ValueType.JSON;
            default -> typtype.equals("e") ? ValueType.ENUM : ValueType.OTHER;
        };
    }

    private static void foreignKey(Draft draft, ResultSet r) throws SQLException {
        Draft.Entry child = draft.get(r.getLong("conrelid"));
        Draft.Entry target = draft.get(r.getLong("confrelid"));
        if (child == null || target == null) {
            return;
        }
        child.foreignKeys.add(new Catalogue.ForeignKey(
                r.getString("conname"),
                child.qualified(),
                names(r, "columns"),
                target.qualified(),
                names(r, "targets"),
                switch (r.getString("confdeltype")) {
                    case "c" -> Catalogue.OnDelete.CASCADE;
                    case "n" -> Catalogue.OnDelete.SET_NULL;
                    case "d" -> Catalogue.OnDelete.SET_DEFAULT;
                    default -> Catalogue.OnDelete.RESTRICT;
                },
                r.getBoolean("condeferrable")));
    }

    private static List<String> names(ResultSet r, String column) throws SQLException {
        var array = r.getArray(column);
        return array == null
                ? List.of()
                : Arrays.stream((Object[]) array.getArray())
                        .map(Object::toString)
                        .toList();
    }

    private interface RowWork {
        void on(ResultSet row) throws SQLException;
    }

    private interface EntryWork {
        void on(Draft.Entry entry) throws SQLException;
    }

    private static void with(Draft draft, ResultSet r, EntryWork work) throws SQLException {
        Draft.Entry entry = draft.get(r.getLong(1));
        if (entry != null) {
            work.on(entry);
        }
    }

    private static void each(Connection connection, String sql, RowWork work) throws SQLException {
        try (var select = connection.prepareStatement(sql);
                var rows = select.executeQuery()) {
            while (rows.next()) {
                work.on(rows);
            }
        }
    }
}
