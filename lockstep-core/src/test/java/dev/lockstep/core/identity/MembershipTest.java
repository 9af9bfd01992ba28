package dev.lockstep.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.core.machine.Address;
import dev.lockstep.core.machine.Context;
import dev.lockstep.core.machine.Fact;
import dev.lockstep.core.machine.Message;
import dev.lockstep.core.machine.Step;
import dev.lockstep.core.model.RecordName;
import dev.lockstep.core.state.Creation;
import dev.lockstep.core.state.GroupState;
import dev.lockstep.core.state.Member;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a group does with tokens that come and go; that all of it together is right, the simulation shows. */
class MembershipTest {
    private static final RecordName A = Members.name("0:a");
    private static final RecordName B = Members.name("1:b");
    private static final RecordName C = Members.name("2:c");
    private static final Context CONTEXT = new Context(Members.MODEL, 1, true);

    private final Step out = new Step();

    @Test
    void whoArrivesIsToldWhereItIsAndJoinsACustomer() {
        GroupState state = group(A, "0:a email=x");
        out.clear();
        Membership.on(A, state, new Message.Absorb(Members.of("1:b email=x"), List.of()), CONTEXT, out);
        assertThat(state.members.keySet()).containsExactly(A, B);
        assertThat(out.messages)
                .containsExactly(new Step.Envelope(Address.Slot.of(B), new Message.Owned(B, A, 0, 1, A, false)));
        assertThat(out.facts).singleElement().satisfies(fact -> {
            assertThat(fact.kind()).isEqualTo(Fact.Kind.JOINED);
            assertThat(fact.record()).isEqualTo(B);
            assertThat(fact.source()).isEqualTo(A);
            assertThat(fact.detail()).isEqualTo("email x");
        });
    }

    @Test
    void whomNothingHoldsAnyMoreGoesHomeWithTheCreatesUnderItsClaim() {
        GroupState state = group(A, "0:a email=x \n 1:b email=x phone=1 \n 2:c phone=1");
        Creation creation = new Creation(C, 0);
        state.creations.add(creation);
        out.clear();
        member(state, B).claims.remove(1);
        Membership.claimsChanged(A, state, member(state, B), CONTEXT, out);
        Membership.settle(A, state, CONTEXT, out);
        assertThat(state.members.keySet()).containsExactly(A);
        assertThat(state.creations).isEmpty();
        Step.Envelope leaving = out.messages.getLast();
        assertThat(leaving.to()).isEqualTo(new Address.Group(B));
        Message.Absorb absorb = (Message.Absorb) leaving.message();
        assertThat(absorb.tokens()).extracting(token -> token.name).containsExactly(B, C);
        assertThat(absorb.tokens()).extracting(token -> token.gen).containsExactly(1L, 1L);
        assertThat(absorb.creations()).containsExactly(creation);
    }

    @Test
    void aNewSeniorRecordIsNoSplit() {
        GroupState state = group(A, "0:a email=x \n 1:b email=x \n 2:c email=x");
        out.clear();
        member(state, A).live = false;
        Membership.claimsChanged(A, state, member(state, A), CONTEXT, out);
        Membership.settle(A, state, CONTEXT, out);
        assertThat(state.members.values()).extracting(token -> token.customer).containsOnly(B);
        assertThat(out.facts).isEmpty();
    }

    @Test
    void aRecordThatTurnsOutToBeMadeForAnotherGoesThere() {
        GroupState state = group(B, "1:b made=0:a");
        out.clear();
        Membership.entrust(state, member(state, B), A, 1, out);
        assertThat(state.members).isEmpty();
        assertThat(out.messages.getFirst().to()).isEqualTo(Address.Slot.of(A));
        GroupState there = group(A, "0:a email=x");
        Message.Entrust token = (Message.Entrust) out.messages.getFirst().message();
        Membership.on(A, there, token.token(), CONTEXT, out);
        assertThat(there.members.keySet()).containsExactly(A, B);
        assertThat(member(there, B).customer).isEqualTo(A);
    }

    private GroupState group(RecordName least, String lines) {
        GroupState state = new GroupState();
        Step step = new Step();
        Membership.on(least, state, new Message.Absorb(Members.of(lines), List.of()), CONTEXT, step);
        return state;
    }

    private static Member member(GroupState state, RecordName name) {
        return Objects.requireNonNull(state.members.get(name));
    }
}
