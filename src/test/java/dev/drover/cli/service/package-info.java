@NullMarked
package dev.drover.cli.service;

import org.jspecify.annotations.NullMarked;
