/**
 * The systems that hold the data, behind one small interface: find, change, erase, count. What is in a system is said by
 * the data map, how it is reached by a {@link org.habeas.connector.Connector}; {@link org.habeas.connector.Connectors} has
 * one for every system of the map.
 */
package org.habeas.connector;
