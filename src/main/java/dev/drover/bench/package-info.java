/**
 * Measures the engine on published and generated instances: plain files in, one result out, no cluster. What is called valid here
 * was checked by code that shares nothing with the search.
 */
@NullMarked
package dev.drover.bench;

import org.jspecify.annotations.NullMarked;
