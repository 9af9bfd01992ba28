package dev.lockstep.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything wrong at once: behind each wrong line stand what it is about, and what is said of it. */
class TwentyMistakesTest {
    private static final String WRONG = """
            customer:
              email:      { type: emial, identifies: true }    #! emial | There is no field type `emial`. Did you mean `email`?
              phone:      { type: phone, regoin: US }          #! regoin | no option `regoin`. Did you mean `region`?
              first_name: name                                 #! name | write `first_name: { type: name }`
              last_name:  { type: name, keep: newest }         #! newest | There is no keep rule `newest`: use one of
              birth-date: { type: date }                       #! birth-date | use letters, digits and underscores
              opt_in:     { type: consent, keep: latest }      #! latest | Take the option out
              tags:       { type: set, identifies: true }      #! identifies | A set cannot identify anybody. Take
              points:     { type: number, currency: EUR }      #! currency | is for money, and this is a number: take it out
              country:    { type: country, identifies: maybe } #! maybe | `identifies` is `true` or `false`, not `maybe`
              tier:       { keep: latest }                     #! { | Field `tier` needs a `type`: one of
            platforms:
              shop:
                type: postgres                                 #! type | Platform `shop` needs `table`
                url: ${SHOP_ULR}                               #! ${ | write it in `.env` beside this file. Did you mean `SHOP_URL`?
                tabel: customers                               #! tabel | has no option `tabel`. Did you mean `table`?
                settle: soon                                   #! soon | is a span of time such as `10s`
                limit: fast                                    #! fast | such as `10/s`
                sync: sometimes                                #! sometimes | is `realtime`, `every 15m`
                leave: delete                                  #! leave | without one nobody leaves
                on_delete: remove                              #! remove | is one of `unlink`, `delete`, `recreate`
                access: reed                                   #! reed | Did you mean `read`?
                columns:
                  mail: e_mail                                 #! e_mail | There is no field `e_mail`. Did you mean `email`?
                  given: [first_name]                          #! [ | takes a field's name or a mapping
                  news: { field: opt_in, values: { Y: granted } } #! values | need one for `withdrawn` or `unset`
                  nick: { acess: read, field: last_name }      #! acess | Did you mean `access`?
                  nick: last_name                              #! nick | is written twice, first in line 27: keep one
                  shoe: zzzzzzzz                               #! zzzzzzzz | It is one of `email`, `phone`
              crm:
                type: postgre                                  #! type | Did you mean `postgres`?
                columns: { mail: email }
            identity: { never_join_if_different: [tags] }      #! tags | cannot veto. Take it out
            history: long                                      #! long | such as `10s`, `5m`, `1h` or `400d`
            gaurd: off                                         #! gaurd | Did you mean `guard`?
            """;

    @TempDir
    Path folder;

    @Test
    void thirtyMistakesAreToldAtOnceEachWithFileLineColumnAndRemedy() throws Exception {
        Files.writeString(folder.resolve(".env"), "SHOP_URL=postgres://localhost/shop\nCRM URL\n");

        WorkspaceException refused = catchThrowableOfType(WorkspaceException.class, () -> Yamls.read(folder, WRONG));

        List<String> told = refused.mistakes().stream()
                .filter(Mistake::fatal)
                .map(Mistake::toString)
                .toList();
        List<String> missing = new ArrayList<>();
        List<String> lines = WRONG.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).contains("#!")) continue;
            String[] parts = lines.get(i).split(" *#! | \\| ");
            String place = "lockstep.yaml:" + (i + 1) + ":" + (parts[0].lastIndexOf(parts[1]) + 1) + ": ";
            boolean there = told.stream().anyMatch(one -> one.startsWith(place) && one.contains(parts[2]));
            if (!there) missing.add(place + parts[2]);
        }
        assertThat(missing).as("of\n" + String.join("\n", told)).isEmpty();
        assertThat(told).anyMatch(one -> one.startsWith(".env:2:1: A line here is `NAME=value`"));
        assertThat(told).hasSizeGreaterThanOrEqualTo(30);
    }
}
