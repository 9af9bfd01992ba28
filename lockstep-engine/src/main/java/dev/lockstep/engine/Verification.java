package dev.lockstep.engine;

import dev.lockstep.core.model.Model;
import dev.lockstep.engine.store.Store;
import dev.lockstep.engine.view.VerifyView;
import java.util.List;

final class Verification {
    Verification(Run run, Store store, Model model, Progress progress) {}

    VerifyView verify(boolean repair) {
        return new VerifyView(List.of(), repair, List.of());
    }
}
