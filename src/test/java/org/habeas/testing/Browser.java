package org.habeas.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A browser without JavaScript: pages, links, forms, cookies, and nothing that a person could not do. */
public final class Browser {
    private final CookieManager cookies = new Loopback();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private final String portal;
    private final String language;
    private final Map<String, String> typed = new LinkedHashMap<>();
    private final Map<String, Attached> attached = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();
    private boolean checking;
    private HttpResponse<byte[]> answer;
    private Document page = new Document("");

    public Browser(String portal, String language) {
        this.portal = portal.replaceAll("/$", "");
        this.language = language;
    }

    /** From here on every page is looked at by the Nu HTML Checker. */
    public Browser checked() {
        checking = true;
        return this;
    }

    /** What the checker has against the pages so far, with the path of each. */
    public List<String> mistakes() {
        return mistakes;
    }

    /** The headings of the pages that were checked. */
    public Set<String> seen() {
        return seen;
    }

    /** Another window on the same page, with cookies of its own that are the same so far. */
    public Browser twin() {
        Browser twin = new Browser(portal, language);
        cookies.getCookieStore()
                .getCookies()
                .forEach(cookie -> twin.cookies.getCookieStore().add(URI.create(portal), cookie));
        twin.answer = answer;
        twin.page = page;
        return twin;
    }

    /** The jar of a browser: cookies kept, those for TLS sent on this machine too. */
    static CookieManager jar() {
        return new Loopback();
    }

    public Browser open(String path) {
        send(HttpRequest.newBuilder(URI.create(portal).resolve(path)).GET());
        return this;
    }

    /** Types into, or chooses, the field of this name; it must be on the page. */
    public Browser fill(String name, String value) {
        if (page.select("[name=\"" + name + "\"]").isEmpty()) {
            throw new AssertionError("no field " + name + " on " + path() + ":\n" + text());
        }
        typed.put(name, value);
        return this;
    }

    /** Presses the first button of the first form in the main part, which is the primary action. */
    public Browser press() {
        return press(page.select("main form button:not([type=button])").first());
    }

    /** Shows a form of another's page as if it stood on this one, with this browser's own token: what a forger would do. */
    public Browser borrow(Browser other, String form) {
        Element theirs = other.page.select(form).first().clone();
        theirs.select("[name=_csrf]").val(page.select("[name=_csrf]").first().val());
        page.select("main").first().empty().appendChild(theirs);
        return this;
    }

    /** Sends this form by its own button, whatever kind of button that is. */
    public Browser pressIn(String form) {
        return press(page.select(form + " [type=submit]").first());
    }

    /** A cookie that the portal has set. */
    public Optional<HttpCookie> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals(name))
                .findFirst();
    }

    public Browser press(String words) {
        return press(page.select("button:not([type=button])").stream()
                .filter(b -> b.text().equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + words + " on " + path() + ":\n" + text())));
    }

    private Browser press(Element button) {
        Element form = button.hasAttr("form") ? page.getElementById(button.attr("form")) : button.closest("form");
        Map<String, String> data = new LinkedHashMap<>();
        form.select("input, textarea, select").forEach(field -> value(field, data));
        if (form.hasAttr("id")) {
            page.select("[form=" + form.id() + "]").forEach(field -> value(field, data));
        }
        if (button.hasAttr("name")) {
            data.put(button.attr("name"), button.attr("value"));
        }
        if (form.attr("enctype").equals("multipart/form-data")) {
            send(multipart(answer.uri().resolve(form.attr("action")), data));
            return this;
        }
        String body = data.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
        URI action = answer.uri().resolve(form.attr("action"));
        boolean post = form.attr("method").equalsIgnoreCase("post");
        HttpRequest.Builder request = post
                ? HttpRequest.newBuilder(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                : HttpRequest.newBuilder(action.resolve("?" + body)).GET();
        send(request);
        return this;
    }

    /** Chooses a file in the field of this name. */
    public Browser attach(String name, String file, byte[] bytes) {
        attached.put(name, new Attached(file, bytes));
        return this;
    }

    private HttpRequest.Builder multipart(URI action, Map<String, String> data) {
        String border = "border" + System.nanoTime();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        data.forEach((name, value) -> {
            Attached file = attached.get(name);
            String head = "--" + border + "\r\nContent-Disposition: form-data; name=\"" + name + "\""
                    + (file == null ? "" : "; filename=\"" + file.name() + "\"\r\nContent-Type: application/pdf")
                    + "\r\n\r\n";
            body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            body.writeBytes(file == null ? value.getBytes(StandardCharsets.UTF_8) : file.bytes());
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + border + "--\r\n").getBytes(StandardCharsets.UTF_8));
        attached.clear();
        return HttpRequest.newBuilder(action)
                .header("Content-Type", "multipart/form-data; boundary=" + border)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    }

    private record Attached(String name, byte[] bytes) {}

    private void value(Element field, Map<String, String> data) {
        String name = field.attr("name");
        boolean choice =
                field.attr("type").equals("radio") || field.attr("type").equals("checkbox");
        if (name.isEmpty()) {
            return;
        } else if (choice) {
            boolean on = typed.containsKey(name) ? field.val().equals(typed.get(name)) : field.hasAttr("checked");
            if (on) {
                data.put(name, field.val());
            }
        } else if (typed.containsKey(name) && !field.attr("type").equals("hidden")) {
            data.put(name, typed.get(name));
        } else if (field.tagName().equals("select")) {
            Element chosen = field.select("option[selected]").first();
            Element first = field.select("option").first();
            data.put(name, chosen != null ? chosen.val() : first == null ? "" : first.val());
        } else {
            data.put(name, field.val());
        }
    }

    public Browser follow(String words) {
        Element link = page.select("a").stream()
                .filter(a -> a.text().equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link " + words + " on " + path() + ":\n" + text()));
        return open(answer.uri().resolve(link.attr("href")).toString());
    }

    public boolean has(String selector) {
        return !page.select(selector).isEmpty();
    }

    public String text(String selector) {
        Element found = page.select(selector).first();
        if (found == null) {
            throw new AssertionError("no " + selector + " on " + path() + ":\n" + text());
        }
        return found.text();
    }

    public String text() {
        return page.body() == null ? "" : page.body().text();
    }

    public String heading() {
        return text("h1");
    }

    public Document page() {
        return page;
    }

    public String path() {
        return answer.uri().getPath();
    }

    public int status() {
        return answer.statusCode();
    }

    public byte[] body() {
        return answer.body();
    }

    public String header(String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private void send(HttpRequest.Builder request) {
        try {
            answer = client.send(
                    request.header("Accept-Language", language)
                            .header("Accept", "text/html,*/*;q=0.8")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        typed.clear();
        page = header("Content-Type").startsWith("text/html")
                ? Jsoup.parse(
                        new String(answer.body(), StandardCharsets.UTF_8),
                        answer.uri().toString())
                : new Document("");
        if (checking && header("Content-Type").startsWith("text/html")) {
            seen.add(path() + " " + page.title());
            NuChecker.mistakes(answer.body()).forEach(mistake -> mistakes.add(path() + " " + mistake));
        }
    }

    /** As browsers do, sends cookies that are meant for TLS on this machine's own address too. */
    private static final class Loopback extends CookieManager {
        Loopback() {
            super(null, CookiePolicy.ACCEPT_ALL);
        }

        @Override
        public void put(URI from, Map<String, List<String>> headers) throws IOException {
            super.put(from, headers);
            getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
