package dev.lockstep.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table: what is written in place of something sound, and what is said about it. */
class MistakesTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            customer:                     | costumer:                           | 1:1: A workspace has no option `costumer`. Did you mean `customer`?
            customer:                     | costumer:                           | 1:1: `customer:` is missing
            type: date                    | type: dat                           | no field type `dat`. Did you mean `date`?
            type: date                    | tipe: date                          | no option `tipe`. Did you mean `type`?
            type: date                    | keep: latest                        | Field `birth_date` needs a `type`
            { type: date }                | date                                | write `birth_date: { type: date }`
            { type: date }                | [date]                              | must be a mapping of names to values, and this is a list
            type: date                    | type: date, keep: newest            | There is no keep rule `newest`
            type: date                    | type: date, keep: union             | `keep: union` is for sets, and this is a date
            type: date                    | type: date, keep: max               | `max` is not available yet
            type: date                    | type: date, keep: [shoop]           | There is no platform `shoop`. Did you mean `shop`?
            type: date                    | type: date, keep: [shop, shop]      | named twice
            type: date                    | type: date, identifies: yes         | `identifies` is `true` or `false`, not `yes`
            type: date                    | type: date, region: US              | `region` is for phones, and this is a date
            type: date                    | type: date, shared_limit: 0         | at least 1, not `0`
            type: date                    | type: date, shared_limit: 2         | for fields with `identifies: true`
            type: date                    | type: date, zone: Mars              | `Mars` is no time zone
            type: date                    | type: date, over: 3d                | `over` is for traits
            type: date                    | type: date, type: date              | `type` is written twice, first in line 6
            type: date                    | type: !!str date                    | Tags such as
            type: date                    | type: *nothing                      | refers to `&nothing`, which is not written before it
            type: date                    | type:                               | `type` has no value
            birth_date: {                 | birth-date: {                       | cannot name a field
            birth_date: {                 | now: {                              | `now` has a meaning in expressions
            region: US                    | region: USA                         | `USA` is no region
            { type: consent }             | { type: consent, keep: latest }     | A consent takes no `keep`
            { type: consent }             | { type: consent, identifies: true } | A consent cannot identify anybody
            { type: set }                 | { type: set, separator: '' }        | at least one character
            type: postgres                | type: postgre                       | There is no platform type `postgre` yet. Types: postgres. Did you mean `postgres`?
            type: postgres                | type: ./mine.yaml                   | not available yet
            table: people                 | tabel: people                       | has no option `tabel`. Did you mean `table`?
            table: people                 | slot: x                             | Platform `crm` needs `table`
            table: people                 | table: ''                           | Platform `crm` needs `table`
            table: people                 | table: [people]                     | `table` takes a single value, and this is a list
            table: people                 | table: ${PEOPLE}                    | The environment variable `PEOPLE` is not set
            table: people                 | table: ${PEOPLE                     | is not understood: write `${NAME}`
            table: people                 | table: people, access: write        | mapping values are not allowed
            key: id                       | access: reed                        | `access` is one of `read`, `write`, `both`, not `reed`. Did you mean `read`?
            key: id                       | settle: 10                          | `settle` is a span of time such as
            key: id                       | sync: sometimes                     | `sync` is `realtime`, `every 15m`
            key: id                       | sync: 0 3 * *                       | `sync` is `realtime`, `every 15m`
            key: id                       | limit: fast                         | `limit` is a number of writes in a span of time
            key: id                       | guard: of                           | `guard` is `off`, or a mapping
            key: id                       | guard: { share: 200% }              | `share` is a share such as `20%`
            key: id                       | leave: delete                       | without one nobody leaves
            key: id                       | on_delete: remove                   | `on_delete` is one of
            key: id                       | was: crm                            | a platform of that name is still there
            shop:                         | 1shop:                              | cannot name a platform
            given_name: first_name        | given_name: frist_name              | There is no field `frist_name`. Did you mean `first_name`?
            given_name: first_name        | given_name: [first_name]            | takes a field's name or a mapping
            given_name: first_name        | given..name: first_name             | has an empty part
            given_name: first_name        | given_name: { acces: read }         | has no option `acces`. Did you mean `access`?
            given_name: first_name        | given_name: { access: read }        | says nothing: give it a `field`
            given_name: first_name        | given_name: { field: first_name, value: '1' } | is computed by `value`: take `field` out
            given_name: first_name        | given_name: { split: [first_name, last_name], access: both } | is split: it is only read
            given_name: first_name        | given_name: { split: [first_name] } | names two fields or more
            given_name: first_name        | given_name: { field: full_name, access: read } | is computed: it is only written
            format: dd/MM/yyyy            | format: dd/QQQ/zzzzz                | format
            format: dd/MM/yyyy            | format: dd/MM/yyyy, currency: EUR   | `currency` is for money
            values: { Y: granted, N: unset } | values: { Y: granted, N: granted } | need one for `withdrawn` or `unset`
            values: { Y: granted, N: unset } | values: {}                       | `values` is empty
            platforms:                    | platfroms:                          | `platforms:` is missing
            platforms:                    | identity: { never_join_if_different: [birthdate] }\\nplatforms: | There is no field `birthdate`. Did you mean `birth_date`?
            platforms:                    | identity: { never_join_if_different: [tags] }\\nplatforms: | A set such as `tags` cannot veto
            platforms:                    | identity: { sharedlimit: 3 }\\nplatforms: | no option `sharedlimit`. Did you mean `shared_limit`?
            platforms:                    | history: long\\nplatforms:           | `history` is a span of time
            platforms:                    | name: Müller\\nplatforms:            | `name` is at most 31 lower-case letters
            platforms:                    | ---\\nplatforms:                     | A second document begins here
            """)
    void isTold(String sound, String wrong, String sentence) {
        assertThat(Yamls.SOUND).contains(sound);
        String text = Yamls.SOUND.replaceFirst(
                java.util.regex.Pattern.quote(sound),
                java.util.regex.Matcher.quoteReplacement(wrong.replace("\\n", "\n")));

        WorkspaceException refused = catchThrowableOfType(WorkspaceException.class, () -> Yamls.read(folder, text));

        assertThat(refused).as("it is refused").isNotNull();
        String told = refused.mistakes().stream().map(Mistake::toString).collect(Collectors.joining("\n"));
        assertThat(told).contains(sentence).startsWith("lockstep.yaml:");
        assertThat(told).doesNotContain("Exception");
    }
}
