package dev.varve.segment;

/** How records reach the page cache; fixed while a log is open, invisible in its files. */
public enum WritePath {
  /** {@link #POSITIONAL} for {@link Durability#SYNC}, {@link #MAPPED} otherwise. */
  AUTO,
  /** Stores into mapped segments: visible at once, one {@code msync} per sync. */
  MAPPED,
  /** Staged blocks, one positional write per group of appends, {@code fdatasync} per sync. */
  POSITIONAL
}
