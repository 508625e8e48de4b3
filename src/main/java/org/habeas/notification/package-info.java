/** From event to letter: what the person is told, in her language, on her status page and at her proven address. */
package org.habeas.notification;
