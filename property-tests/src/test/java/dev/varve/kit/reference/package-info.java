/**
 * The kit pointed at a log that is simple enough to be right, and at others that are wrong on
 * purpose: the contract and the crash runner pass the one and find the others.
 */
@NullMarked
package dev.varve.kit.reference;

import org.jspecify.annotations.NullMarked;
