/** Tests of the API, what is generated from it, and the installation of its definitions for other tests. */
@NullMarked
package dev.drover.api;

import org.jspecify.annotations.NullMarked;
