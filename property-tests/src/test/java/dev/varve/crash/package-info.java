/**
 * The kit's simulated disk pointed at our segment log: every way of losing power that small
 * programs can meet, and very many that long ones can.
 */
@NullMarked
package dev.varve.crash;

import org.jspecify.annotations.NullMarked;
