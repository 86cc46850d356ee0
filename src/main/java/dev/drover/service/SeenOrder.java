package dev.drover.service;

/**
 * What a virtual machine says of its relocation.
 *
 * @param written the order, as a person wrote it; empty without one
 * @param boundTo the hostname of the one node that it may run on; empty when it may run on several
 */
record SeenOrder(String written, String boundTo) {
    static final SeenOrder NONE = new SeenOrder("", "");
}
