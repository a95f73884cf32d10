/**
 * What the tests of our engine share: options of tiny logs, a machine with fixed identity, the
 * content and the fingerprint of a folder, other processes, and small file systems.
 *
 * <p>May import the kit and the engine; the other packages of the tests import this one and not
 * each other.
 */
@NullMarked
package dev.varve.support;

import org.jspecify.annotations.NullMarked;
