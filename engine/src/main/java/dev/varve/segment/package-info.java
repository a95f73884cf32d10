/**
 * The mapped segment log: {@link dev.varve.segment.SegmentLog} is the way in, {@link
 * dev.varve.segment.LogOptions} what it takes, {@link dev.varve.segment.Cursor} and {@link
 * dev.varve.segment.RecordReader} the ways to read.
 *
 * <p>Owns the format of {@code docs/formats/segment-log.md}: {@code FrameLayout} and {@code
 * Superblock} hold its offsets. May import {@code dev.varve}, {@code dev.varve.codec} and {@code
 * dev.varve.io}; nothing here touches a file but through the seam.
 *
 * <p>A log is safe from any thread, cursors and readers are confined to one. Three threads work in
 * the background, each from when it is first needed: one prepares segments, one syncs filled ones
 * and gives back dropped ones, one syncs for intervals and futures.
 *
 * <p>Its tests are the contract suite, the properties and the crash runs of the property-tests
 * module.
 */
@NullMarked
package dev.varve.segment;

import org.jspecify.annotations.NullMarked;
