package dev.drover.kubevirt;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** A namespace: its labels. */
@Group("")
@Version("v1")
@Kind("Namespace")
@Plural("namespaces")
public final class SlimNamespace extends SlimResource {}
