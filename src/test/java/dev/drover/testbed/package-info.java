/**
 * The local control plane: a real etcd, kube-apiserver, controller-manager, scheduler, virt-api and virt-controller on loopback,
 * with KWOK in the place of the kubelets.
 */
@NullMarked
package dev.drover.testbed;

import org.jspecify.annotations.NullMarked;
