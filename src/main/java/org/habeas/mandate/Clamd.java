package org.habeas.mandate;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The virus scanner of {@code HABEAS_CLAMD} (HOST:PORT), asked with INSTREAM (clamd(8)); where none is named, none is asked. */
@ApplicationScoped
class Clamd {
    private static final int PATIENCE = 20_000;
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_ANSWER = 4096;

    private final Optional<InetSocketAddress> address;

    Clamd(@ConfigProperty(name = "habeas.clamd") Optional<String> address) {
        this.address = address.map(String::strip).filter(a -> !a.isEmpty()).map(Clamd::parsed);
    }

    boolean configured() {
        return address.isPresent();
    }

    /** Whether the scanner finds nothing; an IOException where it cannot be asked. */
    boolean clean(byte[] bytes) throws IOException {
        InetSocketAddress named = address.orElseThrow();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(named.getHostString(), named.getPort()), PATIENCE);
            socket.setSoTimeout(PATIENCE);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            for (int at = 0; at < bytes.length; at += CHUNK) {
                int length = Math.min(CHUNK, bytes.length - at);
                out.writeInt(length);
                out.write(bytes, at, length);
            }
            out.writeInt(0);
            out.flush();
            String answer = answer(socket.getInputStream());
            if (answer.endsWith(" FOUND")) {
                return false;
            } else if (answer.endsWith(": OK")) {
                return true;
            }
            throw new IOException("the scanner gave no verdict");
        }
    }

    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int b = in.read(); b > 0 && answer.size() < LONGEST_ANSWER; b = in.read()) {
            answer.write(b);
        }
        return answer.toString(StandardCharsets.UTF_8).strip();
    }

    /** The start has checked its form. */
    private static InetSocketAddress parsed(String text) {
        int colon = text.lastIndexOf(':');
        return InetSocketAddress.createUnresolved(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
