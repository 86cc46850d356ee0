/**
 * The node side of KubeVirt, played: what virt-handler, virt-launcher and QEMU would do for starts, stops and live migrations, and the metrics
 * that they would export. Everything above it (kube-apiserver, scheduler, virt-api, virt-controller) is real.
 */
@NullMarked
package dev.drover.testbed.player;

import org.jspecify.annotations.NullMarked;
