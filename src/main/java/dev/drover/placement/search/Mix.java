package dev.drover.placement.search;

/**
 * How often each kind of change is proposed, in turns.
 *
 * @param shift any virtual machine to any node
 * @param swap any two change places
 * @param shiftMoved a moved one to any node
 * @param swapMoved two moved ones change places
 * @param back a moved one goes home
 * @param backForAnother a moved one goes home, and one of those there takes its place
 */
record Mix(int shift, int swap, int shiftMoved, int swapMoved, int back, int backForAnother) {

    /** Keeps the moves few: what is at home costs nothing and holds no room elsewhere. */
    static final Mix RETURNING = new Mix(4, 8, 4, 4, 4, 8);

    /** Goes far from where it began. */
    static final Mix ROAMING = new Mix(9, 7, 0, 0, 1, 0);

    int turns() {
        return shift + swap + shiftMoved + swapMoved + back + backForAnother;
    }
}
