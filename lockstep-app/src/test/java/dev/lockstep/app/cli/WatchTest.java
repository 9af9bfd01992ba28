package dev.lockstep.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.view.PlatformView;
import dev.lockstep.engine.view.StatusView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final Watch.Seen seen = new Watch.Seen();

    @Test
    void thatAllIsInStepIsToldOnce() {
        assertThat(told(platform(3, 0, 0, null))).isEmpty();
        assertThat(told(platform(0, 0, 0, null))).containsExactly("In step: 7 customers, 10 records.");
        assertThat(told(platform(0, 0, 0, null))).isEmpty();
    }

    @Test
    void whatIsRefusedIsToldWhenItBeginsAndNotWhileItGoesOn() {
        told(platform(0, 0, 0, null));

        assertThat(told(platform(0, 1, 0, null))).containsExactly("crm refuses 1 record. `lockstep failed` says why.");
        assertThat(told(platform(0, 2, 0, null))).isEmpty();
        assertThat(told(platform(0, 0, 0, null))).isEmpty();
        assertThat(told(platform(0, 2, 0, null))).hasSize(1);
    }

    @Test
    void whatIsChangedBackIsTold() {
        told(platform(0, 0, 0, null));

        assertThat(told(platform(0, 0, 4, null)))
                .containsExactly(
                        "Something keeps changing values back in 4 records of crm. `lockstep review` lists them.");
    }

    @Test
    void aPlatformThatIsBackIsTold() {
        told(platform(0, 0, 0, null));

        assertThat(told(platform(0, 0, 0, "Nothing listens there."))).isEmpty();
        assertThat(told(platform(0, 0, 0, null))).containsExactly("crm works again.");
    }

    private List<String> told(PlatformView platform) {
        StatusView status = new StatusView(7, 1, false, true, List.of(platform), List.of(), null);
        return seen.news(status, List.of()).stream().map(Watch.News::sentence).toList();
    }

    private static PlatformView platform(long pending, long failed, long contested, @Nullable String error) {
        return new PlatformView(
                "crm",
                "postgres",
                "running",
                10,
                10,
                pending,
                failed,
                contested,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                -1,
                error,
                null,
                List.of(),
                0,
                0,
                0,
                -1);
    }
}
