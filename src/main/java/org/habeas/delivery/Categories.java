package org.habeas.delivery;

import org.habeas.words.Words;

/** Data categories of fideslang in words; one without words of its own is told by the nearest one above it. */
final class Categories {
    private final Words words;

    Categories(Words words) {
        this.words = words;
    }

    static boolean personal(String category) {
        return category.equals("user") || category.startsWith("user.");
    }

    String told(String category) {
        for (String known = category; known.contains("."); known = known.substring(0, known.lastIndexOf('.'))) {
            String key = known.substring(known.indexOf('.') + 1).replaceAll("[^a-z0-9]+", "_");
            if (words.has("category_" + key)) {
                return words.say("category_" + key);
            }
        }
        return words.say("category_user");
    }
}
