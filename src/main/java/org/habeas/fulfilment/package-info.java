/**
 * Finds what the systems hold about the person who asks, plans what becomes of it, and does that: a search in waves along
 * the data map, a plan with a digest, a ledger of steps. docs/engine.md tells how.
 */
package org.habeas.fulfilment;
