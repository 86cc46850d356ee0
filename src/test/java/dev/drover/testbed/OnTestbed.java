package dev.drover.testbed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class on a real control plane. All such classes of one run share it; it is started for the first, emptied before each
 * further one and stopped at the end. Constructor and method parameters of the types {@link Testbed} and
 * {@link io.fabric8.kubernetes.client.KubernetesClient} are resolved.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("bed")
@ExtendWith(OnTestbedExtension.class)
public @interface OnTestbed {}
