package dev.drover.placement.search;

/**
 * What a {@link Problem} demands beyond its numbers: rules between virtual machines that are kept up to date while these move. One
 * object serves one arrangement, in which every virtual machine is at home first. Not safe for threads.
 */
public interface Rules {
    /** No further rules. */
    Rules NONE = new Rules() {
        @Override
        public boolean mayEnter(int vm, int from, int to) {
            return true;
        }

        @Override
        public boolean maySwap(int one, int a, int other, int b) {
            return true;
        }

        @Override
        public void moved(int vm, int from, int to) {}
    };

    /**
     * @param from its node now, or {@link Problem#NOWHERE}
     * @param to another node
     */
    boolean mayEnter(int vm, int from, int to);

    /** Whether two virtual machines, on the nodes {@code a} and {@code b}, may change places. */
    boolean maySwap(int one, int a, int other, int b);

    /** Is told of each move; {@link Problem#NOWHERE} may be on either side. */
    void moved(int vm, int from, int to);
}
