package dev.drover.testbed;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test classes the control plane of their run. See {@link OnTestbed}. */
final class OnTestbedExtension implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        // Nested classes belong to the class around them.
        if (!context.getRequiredTestClass().isMemberClass()) {
            shared(context).ready();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Testbed.class || type == KubernetesClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Testbed testbed = shared(context).testbed();
        return parameter.getParameter().getType() == Testbed.class ? testbed : testbed.client();
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(OnTestbed.class))
                .computeIfAbsent(Shared.class, _ -> new Shared(), Shared.class);
    }

    /** The control plane of this run; JUnit closes it after the last class. */
    private static final class Shared implements AutoCloseable {

        private @Nullable Testbed testbed;

        synchronized Testbed testbed() {
            if (testbed == null) {
                testbed = Testbed.start(TestbedOptions.defaults());
            }
            return testbed;
        }

        /** Empties the control plane if a class has used it; takes a new one if that cannot be done. */
        synchronized void ready() {
            if (testbed == null) {
                return;
            }
            try {
                testbed.reset();
            } catch (IllegalStateException e) {
                System.err.println(
                        "starting a new control plane, since the old one cannot be emptied: " + e.getMessage());
                close();
            }
        }

        @Override
        public synchronized void close() {
            if (testbed != null) {
                testbed.close();
                testbed = null;
            }
        }
    }
}
