/** How benchmarks measure and print. The benchmarks themselves are beside what they measure, tagged "bench". */
@NullMarked
package dev.drover.bench;

import org.jspecify.annotations.NullMarked;
