/** Reading a table in segments and pages. */
package dev.rekey.engine.scan;
