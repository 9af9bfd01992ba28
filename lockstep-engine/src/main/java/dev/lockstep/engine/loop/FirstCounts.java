package dev.lockstep.engine.loop;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.PlatformModel;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.Due;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.engine.view.FirstSyncView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the first sync is about to do, counted while everything is planned for the first time. */
final class FirstCounts {
    private static final int CREATES = 0;
    private static final int OVERWRITES = 1;
    private static final int FILLS = 2;
    private static final int LOSSES = 3;
    private static final int DELETES = 4;
    private static final int WIDTH = 5;

    private final long[] counts;

    FirstCounts(int platforms) {
        counts = new long[platforms * WIDTH];
    }

    /** As {@link #text} wrote it; from the start when there is none. */
    FirstCounts(int platforms, @Nullable String text) {
        this(platforms);
        String[] stored = text == null || text.isEmpty() ? new String[0] : text.split(" ");
        for (int i = 0; i < Math.min(stored.length, counts.length); i++) counts[i] = Long.parseLong(stored[i]);
    }

    void count(GroupState group) {
        for (Member member : group.members.values()) {
            if (member.due != null) add(member.name.platform(), place(member.due.risk()));
        }
        for (Creation creation : group.creations) if (creation.wanted) add(creation.platform, CREATES);
    }

    private static int place(int risk) {
        if ((risk & Due.DELETES) != 0) return DELETES;
        if ((risk & Due.LOSES) != 0) return LOSSES;
        return (risk & Due.CHANGES) != 0 ? OVERWRITES : FILLS;
    }

    private void add(int platform, int what) {
        counts[platform * WIDTH + what]++;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (long count : counts) text.append(count).append(' ');
        return text.toString().strip();
    }

    /** In the order of the workspace. */
    List<FirstSyncView> views(Model model) {
        List<PlatformModel> platforms = new ArrayList<>(model.platforms());
        platforms.sort(Comparator.comparingInt(PlatformModel::order));
        List<FirstSyncView> views = new ArrayList<>();
        for (PlatformModel platform : platforms) {
            int at = platform.number() * WIDTH;
            if (platform.retired() || !platform.writable()) continue;
            views.add(new FirstSyncView(
                    platform.name(),
                    counts[at + CREATES],
                    counts[at + OVERWRITES],
                    counts[at + FILLS],
                    counts[at + LOSSES],
                    counts[at + DELETES]));
        }
        return views;
    }
}
