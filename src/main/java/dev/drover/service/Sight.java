package dev.drover.service;

import dev.drover.observe.Observer;

/**
 * What decisions on services are made on.
 *
 * @param outlooks what the loop finds, which decides on nothing here and is told
 * @param brakePercent of the nodes: when more are lost, nothing is restarted
 */
public record Sight(Observer observer, Outlooks outlooks, int brakePercent) {}
