/**
 * The formats on disk, written and read a second time: programs that follow the text of a format
 * and share no code with the engine, golden files, and a test for each trap of the seed.
 */
@NullMarked
package dev.varve.format;

import org.jspecify.annotations.NullMarked;
