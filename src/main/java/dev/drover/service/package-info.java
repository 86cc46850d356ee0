/** How are applications made of virtual machines started, watched over, changed and stopped as one service? */
@NullMarked
package dev.drover.service;

import org.jspecify.annotations.NullMarked;
