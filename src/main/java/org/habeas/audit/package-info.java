/** The ledger: append-only entries, the Merkle tree over them (RFC 6962), signed checkpoints, proofs, the offline verifier. */
package org.habeas.audit;
