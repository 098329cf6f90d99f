/** Creates the examples' tables and writes their records. The one place here that makes clients and threads. */
package dev.rekey.examples.load;
