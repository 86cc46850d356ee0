package dev.drover.bench.sweep;

import java.util.List;
import java.util.Map;

/**
 * An instance of the ROADEF/EURO challenge 2012 and what others reached on it, on two cores in 300 s. Lower is better.
 *
 * @param initial  the cost of the given assignment
 * @param winner   the best that the challenge's winner, team S41, is known to have reached: by its own report, officially, or by its
 *     program on a machine of two cores
 * @param finalist the best of the 27 finalists; {@link #NONE} where it is not published
 */
record Roadef(String id, long initial, long winner, long finalist) {
    static final long NONE = -1;

    static final List<Roadef> ALL = List.of(
            new Roadef("a1_1", 49_528_750L, 44_306_501L, NONE),
            new Roadef("a1_2", 1_061_649_570L, 777_912_030L, NONE),
            new Roadef("a1_3", 583_662_270L, 583_006_422L, NONE),
            new Roadef("a1_4", 632_499_600L, 262_125_116L, NONE),
            new Roadef("a1_5", 782_189_690L, 727_578_310L, NONE),
            new Roadef("a2_1", 391_189_190L, 329L, NONE),
            new Roadef("a2_2", 1_876_768_120L, 746_097_632L, NONE),
            new Roadef("a2_3", 2_272_487_840L, 1_210_644_572L, NONE),
            new Roadef("a2_4", 3_223_516_130L, 1_680_615_349L, NONE),
            new Roadef("a2_5", 787_355_300L, 318_358_949L, NONE),
            new Roadef("b_1", 7_644_173_180L, 3_353_533_859L, 3_339_186_879L),
            new Roadef("b_2", 5_181_493_830L, 1_015_553_800L, 1_015_553_800L),
            new Roadef("b_3", 6_336_834_660L, 157_091_678L, 156_835_787L),
            new Roadef("b_4", 9_209_576_380L, 4_677_962_661L, 4_677_823_040L),
            new Roadef("b_5", 12_426_813_010L, 923_695_371L, 923_092_380L),
            new Roadef("b_6", 12_749_861_240L, 9_525_888_445L, 9_525_857_752L),
            new Roadef("b_8", 14_068_207_250L, 1_214_470_739L, 1_214_458_817L),
            new Roadef("b_9", 23_234_641_520L, 15_885_605_426L, 15_885_486_698L));

    /** OptaPlanner 8.44 with its incremental calculator. */
    static final Map<String, Long> OPTAPLANNER =
            Map.of("a1_4", 269_470_200L, "a2_4", 1_889_137_667L, "b_1", 3_857_611_664L, "b_5", 929_979_904L);

    String trial(int seconds) {
        return "roadef " + id + " " + seconds + " s";
    }
}
