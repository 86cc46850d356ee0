/** Tests of what people install: the Helm chart, the plain manifests, the health checks for Argo CD, and the command line. */
@NullMarked
package dev.drover.install;

import org.jspecify.annotations.NullMarked;
