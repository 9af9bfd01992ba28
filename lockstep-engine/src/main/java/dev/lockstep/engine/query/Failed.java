package dev.lockstep.engine.query;

import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.core.state.RecordState;
import dev.lockstep.engine.loop.Errand;
import dev.lockstep.engine.loop.Failures;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.FailedView;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of refused writes. */
public final class Failed {
    private final Store store;
    private final Model model;
    private final Finder finder;

    public Failed(Store store, Model model) {
        this.store = store;
        this.model = model;
        this.finder = new Finder(store, model);
    }

    /** @param platform the platform's number; null: all */
    public List<FailedView> list(@Nullable Integer platform, int limit) {
        List<FailedView> views = new ArrayList<>();
        store.peek(Family.FAILED, prefix(platform), null, (key, value) -> {
            if (views.size() >= limit) return false;
            views.add(view(key, Failures.Failure.decode(value)));
            return true;
        });
        return views;
    }

    /** Those named, or all of a platform, or all. */
    public List<Errand> errands(List<String> ids, @Nullable Integer platform) {
        List<Errand> errands = new ArrayList<>();
        store.scan(Family.FAILED, prefix(platform), null, (key, value) -> {
            if (ids.isEmpty() || ids.contains(id(key))) errands.add(Errand.of(key));
            return true;
        });
        return errands;
    }

    private static byte[] prefix(@Nullable Integer platform) {
        return platform == null ? new byte[0] : Keys.number((int) platform);
    }

    private FailedView view(byte[] key, Failures.Failure failure) {
        Errand errand = Errand.of(key);
        RecordName record = errand.record();
        RecordState.Born born = finder.born(record);
        String now = record.key();
        GroupState group = born == null ? null : finder.group(born.owner);
        if (group != null) {
            Member member = group.members.get(record);
            if (member != null) now = member.key;
        }
        return new FailedView(
                id(key),
                model.platform(errand.platform()).name(),
                errand.create() ? "create" : "update",
                errand.create() ? null : now,
                born == null ? record.toString() : born.customer.toString(),
                failure.reason(),
                failure.sinceMicros());
    }

    /** Short enough to be typed, the same for the same failure. */
    static String id(byte[] key) {
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
