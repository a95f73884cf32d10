/**
 * Binary codes of single values: how a number or a checksum becomes bytes, and nothing about files.
 *
 * <p>Entry types: {@link dev.varve.codec.Varint63}, the variable-length integer of our formats;
 * {@link dev.varve.codec.Leb128}, the little-endian code it is compared with; {@code RecordCheck},
 * the checks that guard a record; {@link dev.varve.codec.EventFrame}, one event in a stream of
 * bytes; {@link dev.varve.codec.MalformedVarint}, what hostile bytes give.
 *
 * <p>May import: the JDK only, nothing of ours. Every other package may import this one.
 *
 * <p>Threading and ownership: the integer codes are static, stateless and allocate nothing; they
 * use the caller's array or memory during the call and keep no reference to it. A type that holds
 * state says so itself.
 *
 * <p>Formats owned: {@code docs/formats/varint63.md} and {@code event-frame.md}, whose vectors the
 * tests read from the page.
 *
 * <p>Tests: this package in {@code engine/src/test} (claims, vectors, page) and in {@code
 * property-tests/src/test} (round trips, hostile bytes).
 */
@NullMarked
package dev.varve.codec;

import org.jspecify.annotations.NullMarked;
