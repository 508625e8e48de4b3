/** What the privacy policy promises: its versions, who was told of a change, what each person chose, who got the data. */
package org.habeas.policy;
