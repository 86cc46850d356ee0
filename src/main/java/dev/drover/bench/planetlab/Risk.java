package dev.drover.bench.planetlab;

/**
 * What the nodes are expected to have to serve: the means of their VMs, and a margin from the pooled variances, because the VMs of a
 * node do not all ask for more at once.
 */
final class Risk {
    private final Outlook outlook;
    private final double margin;
    private final double[] mean = new double[Day.NODES];
    private final double[] variance = new double[Day.NODES];
    private final int[] vms = new int[Day.NODES];

    Risk(Outlook outlook, Caution caution) {
        this.outlook = outlook;
        margin = caution.margin();
    }

    void add(int node, int vm) {
        mean[node] += outlook.mean(vm);
        variance[node] += outlook.variance(vm);
        vms[node]++;
    }

    void remove(int node, int vm) {
        mean[node] -= outlook.mean(vm);
        variance[node] -= outlook.variance(vm);
        vms[node]--;
    }

    int vms(int node) {
        return vms[node];
    }

    /** MIPS that the node will hardly be asked to exceed. */
    double bound(int node) {
        return bound(mean[node], variance[node]);
    }

    /** The same with one more VM. */
    double boundWith(int node, int vm) {
        return bound(mean[node] + outlook.mean(vm), variance[node] + outlook.variance(vm));
    }

    /** By how much the bound falls when the VM leaves. */
    double relief(int node, int vm) {
        return bound(node) - bound(mean[node] - outlook.mean(vm), variance[node] - outlook.variance(vm));
    }

    /** MIPS by which the node exceeds its capacity, or comes short of it when negative. */
    double excess(int node) {
        return bound(node) - NodeKind.of(node).capacity();
    }

    private double bound(double mean, double variance) {
        return mean + margin * Math.sqrt(Math.max(0, variance));
    }
}
