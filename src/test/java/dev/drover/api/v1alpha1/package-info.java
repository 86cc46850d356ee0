@NullMarked
package dev.drover.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
