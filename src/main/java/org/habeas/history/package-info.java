/** The auditor's side: the request history and its exports, the signed history's bundle and proofs, statistics. */
package org.habeas.history;
