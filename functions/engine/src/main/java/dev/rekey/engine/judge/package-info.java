/** What all segments and partitions together say: does the plan fit its data, is a level right. */
package dev.rekey.engine.judge;
