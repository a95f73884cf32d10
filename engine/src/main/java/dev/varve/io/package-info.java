/**
 * The seam to the file system: {@link dev.varve.io.Io} opens a {@link dev.varve.io.Directory},
 * which opens {@link dev.varve.io.StoredFile}s, which are read, written, synced and mapped.
 *
 * <p>Three families stand behind the ports: {@code Posix*} calls libc through {@code
 * java.lang.foreign} (Linux), {@code Channel*} uses {@code FileChannel}s on a private thread (any
 * platform), {@code Chronicle*} maps with Chronicle Bytes. A test brings its own.
 *
 * <p>No thread that calls this package can be hurt by an interrupt: no channel is used on a
 * caller's thread. Imports only {@code dev.varve}. Ports are safe from any thread; whoever opens
 * something closes it. Its tests are beside it, and everything above it runs on it.
 */
@NullMarked
package dev.varve.io;

import org.jspecify.annotations.NullMarked;
