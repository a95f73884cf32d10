/**
 * What can go wrong around {@link dev.varve.chain.BlobContainer}, made to happen.
 *
 * <ul>
 *   <li>{@link dev.varve.kit.chain.FaultyContainer} wraps a container: requests are refused, lost,
 *       late, doubled or cut, as a {@link dev.varve.kit.chain.FaultScript} or a seed says.
 *   <li>{@link dev.varve.kit.chain.Interleaving} runs a {@link dev.varve.kit.chain.Scenario} in
 *       every order in which its actors' requests can reach the container, or in some by chance,
 *       and replays the one that failed.
 * </ul>
 *
 * <p>Both compose: {@code world.container(new FaultyContainer(container, script))}. Actors may be
 * those of {@code dev.varve.kit.history}.
 *
 * <p>May import: {@code dev.varve.chain} of the engine, the kit's parent package and the JDK.
 */
@NullMarked
package dev.varve.kit.chain;

import org.jspecify.annotations.NullMarked;
