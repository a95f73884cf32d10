/**
 * The reusable test kit: contract suites and a crash runner for record logs, ours or yours. Its
 * subpackages do the same for streams: {@code stream} has the contract of drivers, {@code history}
 * checks what concurrent writers and readers were answered, {@code chain} makes requests to a
 * container of blobs fail and come in any order.
 *
 * <p>Bring your own log by implementing {@link dev.varve.kit.RecordLogUnderTest} (a thin adapter)
 * and {@link dev.varve.kit.RecordLogFactory} (how to open it, and what it can hold), then
 *
 * <ul>
 *   <li>extend {@link dev.varve.kit.RecordLogContract} with one method that returns the factory:
 *       JUnit runs every sentence of the contract against your log;
 *   <li>call {@link dev.varve.kit.CrashRunner#run} with the factory's class: a child process
 *       appends, is killed with SIGKILL at random moments, and what your log recovers is compared
 *       byte by byte with what it had acknowledged.
 * </ul>
 *
 * <p>May import: the JDK and the API of JUnit, nothing of the engine, which only the subpackages
 * see. Everything that is random starts from a seed that is printed. Adapters are called from
 * several threads at once; cursors by the thread that opened them only. The package's own tests run
 * it against a log in memory.
 */
@NullMarked
package dev.varve.kit;

import org.jspecify.annotations.NullMarked;
