/**
 * Says what about a machine makes figures measured on it untrustworthy.
 *
 * <p>May import {@code results} and the JDK. It changes nothing.
 */
@NullMarked
package dev.varve.bench.doctor;

import org.jspecify.annotations.NullMarked;
