package org.habeas.datamap;

/** Where a field lives: dataset (= system), collection, and field name; a nested field is a dotted path. */
public record FieldAddress(String dataset, String collection, String field) {
    @Override
    public String toString() {
        return dataset + "." + collection + "." + field;
    }
}
