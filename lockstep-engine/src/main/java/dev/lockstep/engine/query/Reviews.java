package dev.lockstep.engine.query;

import dev.lockstep.core.model.Column;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.plan.Contests;
import dev.lockstep.core.state.ColumnState;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import dev.lockstep.engine.EngineException;
import dev.lockstep.engine.store.Family;
import dev.lockstep.engine.store.Keys;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.ReviewView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The list of what waits for a person's answer. */
public final class Reviews {
    private final Store store;
    private final Model model;
    private final Finder finder;

    public Reviews(Store store, Model model) {
        this.store = store;
        this.model = model;
        this.finder = new Finder(store, model);
    }

    /** What an answer is about. */
    public record Question(RecordName record, Column column, String id) {}

    public List<ReviewView> list(int limit) {
        List<ReviewView> views = new ArrayList<>();
        for (Contests.Contest contest : contests(limit)) views.add(view(contest));
        return views;
    }

    /** @throws EngineException when nothing of that id waits */
    public Question question(String id) {
        for (Contests.Contest contest : contests(Integer.MAX_VALUE)) {
            if (id(contest).equals(id)) return new Question(contest.member().name, contest.column(), id);
        }
        throw new EngineException(
                "Nothing waits for an answer under " + id + ".", "`lockstep review` lists what does.");
    }

    private List<Contests.Contest> contests(int limit) {
        List<Contests.Contest> found = new ArrayList<>();
        store.scan(Family.REVIEWS, new byte[0], null, (key, value) -> {
            GroupState group = finder.group(Keys.name(key));
            if (group != null) found.addAll(Contests.of(group, model));
            return found.size() < limit;
        });
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    private ReviewView view(Contests.Contest contest) {
        Member member = contest.member();
        Column column = contest.column();
        ColumnState state = Objects.requireNonNull(member.column(column.number()));
        return new ReviewView(
                id(contest),
                "contested",
                model.platform(member.name.platform()).name(),
                member.key,
                member.customer.toString(),
                column.field() < 0 ? null : model.field(column.field()).name(),
                column.path(),
                contest.ours(),
                member.actual(column.number()),
                state.reversalsSinceMicros);
    }

    private static String id(Contests.Contest contest) {
        byte[] name = Keys.name(contest.member().name);
        return Failed.id(ByteBuffer.allocate(name.length + 4)
                .put(name)
                .putInt(contest.column().number())
                .array());
    }
}
