/**
 * The kit pointed at our segment log: the contract on every mapping, check and write path, and the
 * crash runner at both durabilities.
 */
@NullMarked
package dev.varve.contract;

import org.jspecify.annotations.NullMarked;
