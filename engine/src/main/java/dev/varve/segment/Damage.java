package dev.varve.segment;

import dev.varve.StorageException;

/**
 * One damaged place of a log.
 *
 * @param file name of the file in the log's folder
 * @param block number of the block in the file, from 0
 * @param position byte address in the log at which a valid record was expected
 * @param expected what a whole log has there
 * @param found what is there
 */
public record Damage(String file, long block, long position, String expected, String found) {
  StorageException.Corrupt asException() {
    return new StorageException.Corrupt(file, block, position, expected, found);
  }
}
