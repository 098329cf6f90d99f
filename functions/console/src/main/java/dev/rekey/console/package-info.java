/** The API and the console: routes, pages and who may use them. What serves them, and the stack behind them, is handed in. */
package dev.rekey.console;
