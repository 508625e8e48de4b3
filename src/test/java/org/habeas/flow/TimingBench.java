package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.habeas.testing.Bookshop;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody can tell from the time of the answer whether a person is known: rank-sum AUC of 2,000 and 2,000 requests. */
@Tag("bench")
@QuarkusTest
@TestProfile(FlowProfile.class)
class TimingBench {
    private static final int EACH = 2_000;
    private static final int WARM_UP = 500;

    @TestHTTPResource("/api/v1/requests")
    URI requests;

    private final HttpClient client = HttpClient.newHttpClient();

    private record Answer(boolean known, long nanos) {}

    @Test
    void knownAndUnknownPeopleAreAnsweredInTheSameTime() throws Exception {
        TestDatabases.execute(
                System.getProperty("bookshop.library"),
                "insert into reader select 1000 + n, 'reader' || n || '@example.org', 'Reader ' || n, 'Oslo', 1, 1"
                        + " from generate_series(1, " + EACH + ") n");
        // one who has been here before and is proven
        Ada.asks("access", Bookshop.ADA).provesHerAddress().sees("review");
        for (int i = 0; i < WARM_UP; i++) {
            asked("warm" + i + "@example.org");
        }
        List<Answer> answers = new ArrayList<>();
        Random random = new Random(7);
        int known = 0;
        int unknown = 0;
        while (known < EACH || unknown < EACH) {
            boolean next = unknown == EACH || known < EACH && random.nextBoolean();
            String address = next ? "reader" + ++known : "nobody" + ++unknown;
            answers.add(new Answer(next, asked(address + "@example.org")));
        }
        double auc = auc(answers);
        System.out.printf("known against unknown people: AUC %.3f%n", auc);
        assertTrue(auc > 0.45 && auc < 0.55, "AUC " + auc);
    }

    private long asked(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(requests)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"right\": \"access\", \"identifiers\": {\"email\": \"" + address + "\"}}"))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        long nanos = System.nanoTime() - start;
        assertTrue(answer.statusCode() == 202, answer.body());
        return nanos;
    }

    /** The chance that a known person's answer took longer than an unknown one's (Mann-Whitney). */
    private static double auc(List<Answer> answers) {
        List<Answer> ranked =
                answers.stream().sorted(Comparator.comparingLong(Answer::nanos)).toList();
        double ranks = 0;
        for (int i = 0; i < ranked.size(); i++) {
            ranks += ranked.get(i).known() ? i + 1 : 0;
        }
        return (ranks - EACH * (EACH + 1) / 2.0) / ((double) EACH * EACH);
    }
}
