/** How a migration scales: the real workflow over simulated tables. */
package dev.rekey.local.scale;
