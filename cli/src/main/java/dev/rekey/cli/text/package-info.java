/** What people read: columns, progress, surveys, differences. */
package dev.rekey.cli.text;
