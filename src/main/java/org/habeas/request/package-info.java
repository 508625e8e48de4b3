/** The request of a person: one aggregate, its state machine, its facts and events. */
package org.habeas.request;
