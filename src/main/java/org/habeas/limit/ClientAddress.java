package org.habeas.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The network address that a limit counts: whole for IPv4, its first 64 bits for IPv6, where one customer has them all. */
public final class ClientAddress {
    private ClientAddress() {}

    /** The prefix of an address literal; anything else counts as itself. */
    public static String prefix(String literal) {
        String address = literal.split("%", 2)[0];
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // a literal is never looked up
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), 8)) + "/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
