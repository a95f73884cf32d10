package dev.varve.bench.questions;

import java.util.List;

/**
 * A question and how it is measured.
 *
 * @param name short name in results and on the command line
 * @param asks the question in a sentence
 * @param benchmark the JMH class that answers it
 * @param cases what is measured
 */
public record Question(String name, String asks, Class<?> benchmark, List<Case> cases) {}
