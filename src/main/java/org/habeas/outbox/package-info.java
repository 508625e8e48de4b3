/** What leaves the process by mail: written in the caller's transaction, sent by a row of work, never lost. */
package org.habeas.outbox;
