/** What a run came to, for machines as JSON and for people as one HTML page. */
package dev.rekey.engine.report;
