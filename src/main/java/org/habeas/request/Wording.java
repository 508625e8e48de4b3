package org.habeas.request;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.habeas.vault.Vault;

/**
 * Finds sealed text by its words: every word is kept as a keyed hash beside its case, and goes with the case's details. The
 * hash tells whoever has the database alone which cases share a word, and not which word it is.
 */
@ApplicationScoped
@Transactional
public class Wording {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{2,40}");
    private static final int MOST = 1_000;
    /** A word that stands in more requests is common. */
    private static final int COMMON = 500;

    private final AgroalDataSource database;
    private final Vault vault;

    Wording(AgroalDataSource database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** What the words of a text are kept as, without regard to case; each once. */
    public List<String> hashes(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return WORD.matcher(plain)
                .results()
                .map(found -> found.group())
                .distinct()
                .limit(MOST)
                .map(word -> vault.keyedHash("word", word).substring(0, 22))
                .toList();
    }

    /** The same, the word that stands in the fewest requests first. */
    public List<String> rarestFirst(String text) {
        List<String> words = hashes(text);
        // of two common words the rarer one is that whose last few hundred go back further
        String sql = "select word from unnest(?) word order by (select c.received_at from case_word c"
                + " where c.word = word.word order by c.received_at desc offset " + COMMON + " limit 1) nulls first";
        if (words.size() < 2) {
            return words;
        }
        List<String> rarest = new ArrayList<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", words.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    rarest.add(rows.getString(1));
                }
            }
            return rarest;
        } catch (SQLException e) {
            throw new IllegalStateException("words cannot be counted", e);
        }
    }

    /** Lets the request be found by the words of this text. */
    public void keep(RightsRequest request, String text) {
        String[] hashes = hashes(text).stream().sorted().toArray(String[]::new);
        if (hashes.length == 0) {
            return;
        }
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("insert into case_word (word, received_at, request_id)"
                        + " select word, ?, ? from unnest(?) word on conflict do nothing")) {
            insert.setObject(1, request.receivedAt().atOffset(ZoneOffset.UTC));
            insert.setObject(2, request.id());
            insert.setArray(3, connection.createArrayOf("text", hashes));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("words cannot be kept", e);
        }
    }

    void forget(UUID request) {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement("delete from case_word where request_id = ?")) {
            delete.setObject(1, request);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("words cannot be deleted", e);
        }
    }
}
