/**
 * What runs inside the processes of the two stores: a main class each, on the store's own class path. Nothing here may
 * use a library; the store's classes are reached by reflection, so that its libraries never meet ours.
 */
package dev.rekey.local.child;
