/**
 * Every small damage to small logs and chains: what is noticed, what is kept, and what no check can
 * tell. Runs in memory.
 */
@NullMarked
package dev.varve.damage;

import org.jspecify.annotations.NullMarked;
