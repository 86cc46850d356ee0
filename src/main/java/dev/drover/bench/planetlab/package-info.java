/**
 * A day of some thousand virtual machines on 800 nodes of two kinds, by the traces of PlanetLab: how much energy does a policy need,
 * how often does it move something, and what demand is left unmet? The rules, the kinds and the policy THR-MMT are those of A.
 * Beloglazov and R. Buyya, "Optimal online deterministic algorithms and adaptive heuristics for energy and performance efficient
 * dynamic consolidation of virtual machines in cloud data centers", Concurrency and Computation 24 (2012), and of CloudSim.
 */
@NullMarked
package dev.drover.bench.planetlab;

import org.jspecify.annotations.NullMarked;
