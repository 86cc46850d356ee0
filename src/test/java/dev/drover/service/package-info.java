@NullMarked
package dev.drover.service;

import org.jspecify.annotations.NullMarked;
