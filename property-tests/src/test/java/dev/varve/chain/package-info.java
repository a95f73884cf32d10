/** The blob chain under races and faults: the kit's containers and schedules pointed at it. */
@NullMarked
package dev.varve.chain;

import org.jspecify.annotations.NullMarked;
