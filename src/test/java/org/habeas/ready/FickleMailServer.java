package org.habeas.ready;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server (RFC 5321) that does what it is told to: work, be down, hang, refuse for now, take a mail and not say so. */
final class FickleMailServer implements AutoCloseable {
    enum Mood {
        WORKS,
        /** Nothing listens. */
        DOWN,
        /** Connections are taken, nothing is ever said. */
        SILENT,
        /** The server shuts its doors for the moment. */
        REFUSES,
        /** The mail is taken, and the line breaks before it says so. */
        BREAKS_AFTER_TAKING
    }

    /** A mail that the server has, with the identity that mail systems know it by. */
    record Taken(String messageId, String recipient, String text) {}

    final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket server;
    private volatile Mood mood = Mood.WORKS;

    FickleMailServer() throws IOException {
        server = listen(0);
        port = server.getLocalPort();
    }

    int port() {
        return port;
    }

    synchronized void becomes(Mood next) throws IOException {
        mood = next;
        // a connection from before would not notice
        open.forEach(FickleMailServer::close);
        if (next == Mood.DOWN) {
            server.close();
        } else if (server.isClosed()) {
            server = listen(port);
        }
    }

    private ServerSocket listen(int at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), at));
        Thread thread = new Thread(() -> accept(socket), "mail server");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Thread thread = new Thread(() -> talk(client), "mail client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client) {
            Mood now = mood;
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = client.getOutputStream();
            if (now == Mood.SILENT) {
                in.readLine();
                return;
            }
            if (now == Mood.REFUSES) {
                say(out, "421 not now");
                return;
            }
            say(out, "220 fickle ESMTP");
            serve(in, out, now);
        } catch (IOException e) {
            // the client is gone
        } finally {
            open.remove(client);
        }
    }

    private void serve(BufferedReader in, OutputStream out, Mood now) throws IOException {
        String recipient = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("RCPT TO:")) {
                recipient = line.replaceAll("(?i)rcpt to:\\s*<([^>]*)>.*", "$1");
                say(out, "250 ok");
            } else if (command.startsWith("DATA")) {
                say(out, "354 go on");
                taken.add(mail(in, recipient));
                if (now == Mood.BREAKS_AFTER_TAKING) {
                    return;
                }
                say(out, "250 taken");
            } else if (command.startsWith("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 ok");
            }
        }
    }

    private static Taken mail(BufferedReader in, String recipient) throws IOException {
        StringBuilder text = new StringBuilder();
        String id = "";
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("message-id:")) {
                id = line.substring("message-id:".length()).strip();
            }
        }
        return new Taken(id, recipient, text.toString());
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        open.forEach(FickleMailServer::close);
        server.close();
    }
}
