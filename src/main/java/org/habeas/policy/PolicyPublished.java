package org.habeas.policy;

import java.util.List;

/** A version was published; {@code newPurposes} are those that no version before it named. */
public record PolicyPublished(PolicyVersion version, List<String> newPurposes) {}
