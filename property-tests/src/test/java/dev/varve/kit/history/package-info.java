/** Histories made by hand, and drivers that are wrong on purpose: the checker tells them apart. */
@NullMarked
package dev.varve.kit.history;

import org.jspecify.annotations.NullMarked;
