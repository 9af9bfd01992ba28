package dev.lockstep.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.view.ChangeEvent;
import dev.lockstep.engine.view.CustomerView.ClaimView;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void namesAreInSnakeCaseAndTimesAreReadable() {
        assertThat(Json.write(new ClaimView("x", "shop", "7", 1_500_000L)))
                .contains("\"since\":\"1970-01-01T00:00:01.500Z\"");
        assertThat(Json.write(new ClaimView("x", "shop", "7", null))).contains("\"since\":null");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        ChangeEvent event = new ChangeEvent(
                1, 1_700_000_000_123_456L, "edit", "1:7", "shop", "7", "email", "mail", null, "a", null, null, -1, "");
        ClaimView claim = new ClaimView("x", "shop", "7", null);

        assertThat(Json.read(Json.write(event), ChangeEvent.class)).isEqualTo(event);
        assertThat(Json.read(Json.write(claim), ClaimView.class)).isEqualTo(claim);
    }
}
