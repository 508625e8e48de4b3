package org.habeas.flow;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.habeas.testing.Bookshop;

/** The portal of Fjord Books, with a real mail server. */
public class FlowProfile implements QuarkusTestProfile {
    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Surroundings.class));
    }

    /** Two databases and a mailbox; tests read where they are from the system properties. */
    public static class Surroundings implements QuarkusTestResourceLifecycleManager {
        private GreenMail mail;

        @Override
        public Map<String, String> start() {
            mail = new GreenMail(new ServerSetup[] {
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
                new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
            });
            mail.getUserManager().setAuthRequired(false);
            mail.getUserManager()
                    .setMessageDeliveryHandler((message, address) -> mailbox(address.getEmail(), message.getMessage()));
            mail.start();
            System.setProperty(Crowd.LIST, Crowd.begin().toString());
            Map<String, String> settings = new HashMap<>(new Bookshop().settings());
            // only where the databases are: a setting of the portal here would outlive this profile
            settings.keySet().stream()
                    .filter(name -> name.startsWith("bookshop."))
                    .forEach(name -> System.setProperty(name, settings.get(name)));
            System.setProperty("flow.imap", String.valueOf(mail.getImap().getPort()));
            settings.put("quarkus.mailer.host", "127.0.0.1");
            settings.put("quarkus.mailer.port", String.valueOf(mail.getSmtp().getPort()));
            settings.put("quarkus.mailer.mock", "false");
            return settings;
        }

        /** Everybody has a mailbox of her own, but for the many at {@link Crowd#DOMAIN}, whose mail is listed. */
        private GreenMailUser mailbox(String address, MimeMessage message) throws UserException {
            boolean many = address.endsWith(Crowd.DOMAIN);
            String login = many ? Crowd.MAILBOX : address;
            UserManager users = mail.getUserManager();
            synchronized (this) {
                if (many) {
                    Crowd.note(address, message);
                }
                GreenMailUser user = users.getUser(login);
                return user == null ? users.createUser(login, login, login) : user;
            }
        }

        @Override
        public void stop() {
            if (mail != null) {
                mail.stop();
            }
        }
    }
}
