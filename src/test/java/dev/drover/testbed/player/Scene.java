package dev.drover.testbed.player;

/** What the scripts of the nodes work with; all of it belongs to one player. */
record Scene(World world, Actor actor, Writes writes, PlayedTime time) {}
