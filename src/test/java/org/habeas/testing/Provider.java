package org.habeas.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A small OpenID Connect provider that lets in whoever is named next: discovery, keys, code flow with PKCE, tokens. */
public final class Provider {
    private static final Provider RUNNING = new Provider();

    private final KeyPair keys;
    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private String account = "kari";
    private String subject = "s";
    private String claims = "";
    private List<String> roles = List.of();
    private boolean challenged;

    private Provider() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            keys = generator.generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, discovery()));
        server.createContext("/jwks", exchange -> answer(exchange, jwks()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.setExecutor(runnable -> {
            Thread thread = new Thread(runnable);
            thread.setDaemon(true);
            thread.start();
        });
        server.start();
        System.setProperty("habeas.testing.provider", url());
    }

    public static Provider running() {
        return RUNNING;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Who signs in next, without being asked anything. */
    public void nextIs(String account, List<String> roles) {
        this.account = account;
        this.roles = roles;
        this.subject = "s";
        this.claims = ",\"email\":\"" + account + "@example.org\"";
        this.challenged = false;
    }

    /** The same for people, who have no roles; {@code acr} may be empty. */
    public void nextPersonIs(String subject, String email, boolean verified, String acr) {
        nextIs(subject, List.of());
        this.subject = subject;
        this.claims = ",\"email\":\"" + email + "\",\"email_verified\":" + verified
                + (acr.isEmpty() ? "" : ",\"acr\":\"" + acr + '"');
    }

    /** Whether the last code was bound to its asker (RFC 7636). */
    public boolean challenged() {
        return challenged;
    }

    public String accessToken(String name, List<String> its) {
        return jwt(
                "habeas",
                "\"typ\":\"Bearer\",\"preferred_username\":\"" + name + "\",\"email\":\"" + name
                        + "@example.org\",\"realm_access\":{\"roles\":["
                        + its.stream().map(r -> '"' + r + '"').collect(Collectors.joining(",")) + "]}");
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        String code = Long.toString(System.nanoTime());
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .add("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> sent =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(sent.get("code"));
        challenged = asked != null && hash(sent.get("code_verifier")).equals(asked.get("code_challenge"));
        if (!challenged) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        String id = jwt(
                asked.get("client_id"),
                "\"typ\":\"ID\",\"preferred_username\":\"" + account + "\",\"nonce\":\"" + asked.get("nonce") + '"'
                        + claims);
        answer(
                exchange,
                "{\"access_token\":\"" + accessToken(account, roles) + "\",\"id_token\":\"" + id
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":300,\"refresh_token\":\"r\"}");
    }

    private String discovery() {
        return "{\"issuer\":\"" + url() + "\",\"authorization_endpoint\":\"" + url()
                + "/authorize\",\"token_endpoint\":\"" + url() + "/token\",\"jwks_uri\":\"" + url()
                + "/jwks\",\"end_session_endpoint\":\"" + url() + "/logout\"}";
    }

    private String jwks() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"alg\":\"RS256\",\"use\":\"sig\",\"n\":\""
                + base64(unsigned(key.getModulus())) + "\",\"e\":\""
                + base64(unsigned(key.getPublicExponent()))
                + "\"}]}";
    }

    private String jwt(String audience, String content) {
        long now = Instant.now().getEpochSecond();
        String body = "{\"iss\":\"" + url() + "\",\"sub\":\"" + subject + "\",\"aud\":\"" + audience
                + "\",\"azp\":\"" + audience + "\",\"iat\":" + now
                + ",\"exp\":" + (now + 300) + "," + content + "}";
        String text = base64("{\"alg\":\"RS256\",\"kid\":\"k\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(body.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String verifier) {
        try {
            return base64(MessageDigest.getInstance("SHA-256")
                    .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : text.split("&")) {
            String[] sides = pair.split("=", 2);
            parameters.put(sides[0], URLDecoder.decode(sides.length > 1 ? sides[1] : "", StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Without the byte that carries the sign (RFC 7518 section 2, Base64urlUInt). */
    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
