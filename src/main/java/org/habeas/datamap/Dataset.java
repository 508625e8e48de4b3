package org.habeas.datamap;

import java.util.List;

/** The collections of one system; {@code key} is the fides_key and the system's name in systems.yml. */
public record Dataset(String key, String name, List<MappedCollection> collections, Position at) {}
