package org.habeas.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the mails with codes would say, for tests that read no mail. */
@ApplicationScoped
public class SentCodes {
    private final Map<String, List<String>> codes = new ConcurrentHashMap<>();

    void remember(@Observes CodeIssued event) {
        codes.computeIfAbsent(event.request().reference().text(), r -> new CopyOnWriteArrayList<>())
                .add(event.code());
    }

    public String last(String reference) {
        List<String> all = codes.get(reference);
        return all.get(all.size() - 1);
    }

    public int count(String reference) {
        return codes.getOrDefault(reference, List.of()).size();
    }
}
