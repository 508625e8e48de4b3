/** The officer's workbench: queue, case, assignment, pause, extension, review, decision, approval. */
package org.habeas.casework;
