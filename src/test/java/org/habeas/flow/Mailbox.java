package org.habeas.flow;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** Somebody's mailbox, read over IMAP as her own program would. */
final class Mailbox {
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String address;

    Mailbox(String address) {
        this.address = address;
    }

    record Mail(String subject, String text, String messageId) {}

    /** The Message-ID of the first mail whose text holds these words. */
    String messageId(String words) {
        return saying(words).messageId();
    }

    /** The newest code, waiting for more than {@code before} mails to have come. */
    String codeAfter(int before) {
        List<Mail> mails = until(all -> codes(all).size() > before);
        List<String> codes = codes(mails);
        return codes.get(codes.size() - 1);
    }

    int codesSoFar() {
        return codes(mails()).size();
    }

    /** The first mail whose text holds these words, when it comes. */
    Mail saying(String words) {
        return until(all -> all.stream().anyMatch(m -> m.text().contains(words))).stream()
                .filter(m -> m.text().contains(words))
                .findFirst()
                .orElseThrow();
    }

    List<Mail> mails() {
        Properties properties = new Properties();
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect("127.0.0.1", Integer.getInteger("flow.imap"), address, address);
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            List<Mail> mails = new ArrayList<>();
            Message[] messages = inbox.getMessages();
            FetchProfile whole = new FetchProfile();
            whole.add(IMAPFolder.FetchProfileItem.MESSAGE);
            inbox.fetch(messages, whole);
            for (Message message : messages) {
                mails.add(
                        new Mail(message.getSubject(), text(message.getContent()), message.getHeader("Message-ID")[0]));
            }
            return mails;
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> codes(List<Mail> mails) {
        return mails.stream()
                .map(m -> CODE.matcher(m.text()))
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .toList();
    }

    private List<Mail> until(Predicate<List<Mail>> enough) {
        Instant end = Instant.now().plus(PATIENCE);
        List<Mail> mails = mails();
        while (!enough.test(mails)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("no such mail to " + address + " among "
                        + mails.stream().map(Mail::subject).toList());
            }
            pause();
            mails = mails();
        }
        return mails;
    }

    static void pause() {
        try {
            Thread.sleep(40);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object content) throws MessagingException, IOException {
        if (content instanceof Multipart parts) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < parts.getCount(); i++) {
                all.append(text(parts.getBodyPart(i).getContent()));
            }
            return all.toString();
        }
        return content.toString();
    }
}
