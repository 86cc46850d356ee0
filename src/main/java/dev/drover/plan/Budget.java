package dev.drover.plan;

/** How many migrations may be in flight at once, everyone's counted: 1 or more each. */
public record Budget(int maxConcurrent, int perSourceNode, int perTargetNode) {}
