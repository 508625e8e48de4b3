/** Habeas, a portal for data-subject rights; one package a feature (see docs/architecture.md). */
package org.habeas;
