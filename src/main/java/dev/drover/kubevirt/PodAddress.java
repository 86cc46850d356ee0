package dev.drover.kubevirt;

/** One pod, and no other that comes to have its name: every write is refused when the uid differs. */
public record PodAddress(String namespace, String name, String uid) {
    public static PodAddress of(SlimPod pod) {
        return new PodAddress(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
