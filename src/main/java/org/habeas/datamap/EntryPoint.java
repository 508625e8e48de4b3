package org.habeas.datamap;

/** A field in which the search can look for a proven identifier of that kind ({@code email}, {@code phone_number}). */
public record EntryPoint(CollectionKey collection, MappedField field, String kind) {}
