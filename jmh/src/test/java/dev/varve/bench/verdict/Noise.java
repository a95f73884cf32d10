package dev.varve.bench.verdict;

import java.util.Random;

/** Where the score of a simulated fork lies around the truth. */
interface Noise {
  /** The logarithm of one fork's score, zero being the truth. */
  double log(Random random);
}
