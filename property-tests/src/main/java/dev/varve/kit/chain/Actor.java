package dev.varve.kit.chain;

import dev.varve.kit.Background;

/**
 * Somebody in a {@link Scenario}. It waits for others only through the {@link World}: by requests
 * and by sleeping, never for a lock that another actor holds while it does so.
 *
 * @param body what it does; what it throws fails the schedule
 */
public record Actor(String name, Background.Body body) {}
