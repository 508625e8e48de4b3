package org.habeas.flow;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
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
            mail.start();
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

        @Override
        public void stop() {
            if (mail != null) {
                mail.stop();
            }
        }
    }
}
