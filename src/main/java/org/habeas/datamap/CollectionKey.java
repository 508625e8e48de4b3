package org.habeas.datamap;

/** Names a collection across the whole map: its dataset (= system) and its name there. */
public record CollectionKey(String dataset, String name) {
    @Override
    public String toString() {
        return dataset + "." + name;
    }
}
