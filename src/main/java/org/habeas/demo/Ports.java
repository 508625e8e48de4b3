package org.habeas.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Free ports of the loopback address. */
public final class Ports {
    private Ports() {}

    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** The port written in the file, if it is free, so that whoever noted the database's address finds it again. */
    static int keptOrFree(Path file) throws IOException {
        if (Files.exists(file)) {
            try (ServerSocket socket = new ServerSocket()) {
                int kept = Integer.parseInt(Files.readString(file).strip());
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress("127.0.0.1", kept));
                return kept;
            } catch (IOException | IllegalArgumentException e) {
                return free();
            }
        }
        return free();
    }
}
