/** Creates the examples' tables and writes their records. The only package of the examples that creates clients and threads. */
package dev.rekey.examples.load;
