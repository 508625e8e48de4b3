package org.habeas.connector;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.habeas.datamap.MappedCollection;

/**
 * The rows of a collection whose date field lies before a day of this zone, except those that a look-up matches (people
 * under a legal hold). A row without a date is never due.
 */
public record Due(MappedCollection collection, String field, LocalDate before, ZoneId zone, List<Lookup> except) {}
