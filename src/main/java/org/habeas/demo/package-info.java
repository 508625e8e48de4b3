/** What the portal brings along where nothing is named: a real PostgreSQL and an invented organisation. */
package org.habeas.demo;
