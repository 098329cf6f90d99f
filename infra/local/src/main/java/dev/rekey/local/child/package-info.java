/**
 * What runs inside the processes of the two stores: a main class each, on the store's own class path. Nothing here may
 * use a library of ours; the store's classes are reached by reflection, so that its libraries never meet ours at
 * compile time either. The one exception is SQLite's interface, which has no dependencies.
 */
package dev.rekey.local.child;
