package org.habeas.casework;

/** One entry of a list to choose from on a page. */
public record Choice(String value, String label) {}
