package dev.lockstep.core.identity;

import dev.lockstep.core.model.Field;
import dev.lockstep.core.model.Model;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Claim;
import dev.lockstep.core.state.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decides, beside identifiers and people's answers, whose customer a record is: to be compared with a later one,
 * since most edits are of something else.
 *
 * @param claims of the fields that tell people apart: what it claims of each, and claimed first
 */
public record Stance(boolean live, @Nullable RecordName madeFor, List<@Nullable Claim> claims) {

    public static Stance of(Member member, Model model) {
        List<@Nullable Claim> claims = new ArrayList<>(2 * model.discerning().size());
        for (Field field : model.discerning()) {
            claims.add(member.claims.get(field.number()));
            claims.add(member.firstClaims.get(field.number()));
        }
        return new Stance(member.live, member.madeFor, claims);
    }
}
