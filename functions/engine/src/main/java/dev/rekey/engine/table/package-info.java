/** DynamoDB tables: their names, their keys. */
package dev.rekey.engine.table;
