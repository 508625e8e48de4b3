package org.habeas.request;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A message or letter between person and organisation, sealed under the case's key. {@code sender}: person or officer. */
@Entity
@Table(name = "message")
public class Message {
    @Id
    UUID id;

    @Column(name = "request_id")
    UUID requestId;

    @Column(name = "sent_at")
    Instant sentAt;

    String sender;

    @Column(name = "text_sealed")
    byte[] textSealed;

    protected Message() {}

    Message(UUID requestId, Instant at, String sender) {
        this.id = UUID.randomUUID();
        this.requestId = requestId;
        this.sentAt = at;
        this.sender = sender;
    }

    public UUID id() {
        return id;
    }

    public Instant sentAt() {
        return sentAt;
    }

    /** {@code person} or {@code officer}; letters that the portal writes come from {@code officer} too. */
    public String sender() {
        return sender;
    }
}
