/**
 * The questions, one benchmark class each; the first sentence of its javadoc is the question.
 * {@link dev.varve.bench.questions.Questions} lists them for the runner, with the cases that each
 * of them measures; the classes are also plain JMH benchmarks that run without the runner.
 *
 * <p>May import {@code systems}, the engine's public types and JMH. {@link
 * dev.varve.bench.questions.Trial} opens a system in a scratch folder and checks at the end what
 * came back, so that a wrong answer fails the benchmark.
 */
@NullMarked
package dev.varve.bench.questions;

import org.jspecify.annotations.NullMarked;
