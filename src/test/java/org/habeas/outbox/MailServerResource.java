package org.habeas.outbox;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A real mail server; tests find its IMAP side by the system property {@link #IMAP}. */
public class MailServerResource implements QuarkusTestResourceLifecycleManager {
    static final String IMAP = "outbox.imap";

    private GreenMail mail;

    @Override
    public Map<String, String> start() {
        mail = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        });
        mail.getUserManager().setAuthRequired(false);
        mail.start();
        System.setProperty(IMAP, String.valueOf(mail.getImap().getPort()));
        return Map.of(
                "quarkus.mailer.host",
                "127.0.0.1",
                "quarkus.mailer.port",
                String.valueOf(mail.getSmtp().getPort()));
    }

    @Override
    public void stop() {
        if (mail != null) {
            mail.stop();
        }
    }
}
