/** How a migration grows: the real workflow over tables that have only sizes. */
package dev.rekey.local.scale;
