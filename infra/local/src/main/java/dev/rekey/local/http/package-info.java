/** The JDK's HTTP server with one handler, on the loopback interface only. */
package dev.rekey.local.http;
