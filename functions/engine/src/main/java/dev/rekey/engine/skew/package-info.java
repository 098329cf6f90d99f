/** Tables whose records are not spread evenly: a partition key value with more of them than one worker should read. */
package dev.rekey.engine.skew;
