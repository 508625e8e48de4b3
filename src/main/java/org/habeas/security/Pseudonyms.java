package org.habeas.security;

import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.habeas.limit.ClientAddress;
import org.habeas.vault.Vault;

/**
 * What stands for a network address, an account or a reference: 96 bits of a hash under the portal's own key. The same is
 * always the same, and nobody without the key can tell whose it is, nor try them all.
 */
@Singleton
class Pseudonyms {
    private static final int BYTES = 12;

    private final Vault vault;

    Pseudonyms(Vault vault) {
        this.vault = vault;
    }

    /** Nothing stays nothing; of an IPv6 address the first 64 bits count. */
    String of(String value) {
        String plain = ClientAddress.prefix(value.strip()).toLowerCase(Locale.ROOT);
        return plain.isEmpty()
                ? ""
                : HexFormat.of().formatHex(Base64.getUrlDecoder().decode(vault.keyedHash("security", plain)), 0, BYTES);
    }
}
