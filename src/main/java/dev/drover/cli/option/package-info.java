/** Options that several verbs have: which cluster, and how to answer. */
@NullMarked
package dev.drover.cli.option;

import org.jspecify.annotations.NullMarked;
