/** How often one may do something within a time; the count is in the database and so shared by all replicas. */
package org.habeas.limit;
