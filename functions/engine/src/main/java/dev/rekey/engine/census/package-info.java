/** Counting records: how many, how large, made of what. Exact but for the sizes' median and 99th percentile. */
package dev.rekey.engine.census;
