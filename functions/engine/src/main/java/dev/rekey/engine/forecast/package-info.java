/** What a migration will take: requests, capacity units, price and time. */
package dev.rekey.engine.forecast;
