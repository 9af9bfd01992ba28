package dev.lockstep.core.normalise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether two names can be of one person. */
public final class Names {

    private Names() {}

    /**
     * True when two values of type {@code name} are equal, with an initial for a name that begins with it and nicknames
     * for the names they stand for: {@code A. Lovelace} and {@code Ada Lovelace}, {@code Bob} and {@code Robert}.
     *
     * <p>Words are compared in order; an initial that has no counterpart is passed over ({@code Ada K Lovelace} and
     * {@code Ada Lovelace}). Nicknames are the common English ones. Symmetric, not transitive.
     */
    public static boolean sameOrNickname(Value a, Value b) {
        if (a.sameAs(b)) {
            return true;
        }
        List<String> one = words(a.key());
        List<String> other = words(b.key());
        return !one.isEmpty() && !other.isEmpty() && agree(one, 0, other, 0, 0);
    }

    private static boolean agree(List<String> one, int i, List<String> other, int j, int paired) {
        if (i == one.size() && j == other.size()) {
            return paired > 0;
        }
        if (i < one.size()
                && j < other.size()
                && sameWord(one.get(i), other.get(j))
                && agree(one, i + 1, other, j + 1, paired + 1)) {
            return true;
        }
        return (i < one.size() && isInitial(one.get(i)) && agree(one, i + 1, other, j, paired))
                || (j < other.size() && isInitial(other.get(j)) && agree(one, i, other, j + 1, paired));
    }

    private static boolean sameWord(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        if (isInitial(one) || isInitial(other)) {
            return one.codePointAt(0) == other.codePointAt(0);
        }
        Set<Integer> groups = Nicknames.GROUPS.get(one);
        Set<Integer> others = Nicknames.GROUPS.get(other);
        if (groups == null || others == null) {
            return false;
        }
        for (Integer group : groups) {
            if (others.contains(group)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInitial(String word) {
        return word.codePointCount(0, word.length()) == 1 && Character.isLetter(word.codePointAt(0));
    }

    /** Cut at spaces, full stops and hyphens; at most eight words count, which bounds the work. */
    private static List<String> words(String key) {
        List<String> words = new ArrayList<>(4);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= key.length(); i++) {
            char c = i < key.length() ? key.charAt(i) : ' ';
            if (c == ' ' || c == '.' || c == '-' || c == ',') {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                if (words.size() > 8) {
                    return List.of();
                }
            } else {
                word.append(c);
            }
        }
        return words;
    }

    /** Common English nicknames: each line a name and what stands for it. */
    private static final class Nicknames {

        private static final String LINES = """
                abigail abby gail
                abraham abe
                albert al bert
                alexander alex al alec sandy xander sasha
                alexandra alex alexa sandra sandy lexi sasha
                alfred al fred alf
                alice ali
                amanda mandy
                amelia amy millie
                andrew andy drew
                angela angie
                ann anne annie nan nancy anna
                anthony tony
                antonia toni
                arthur art
                augustus gus
                barbara barb babs barbie
                bartholomew bart
                beatrice bea trixie
                benjamin ben benny benji
                bernard bernie
                bradley brad
                calvin cal
                cameron cam
                caroline carolyn carrie
                cassandra cassie
                catherine katherine kathryn katharine cathy kathy kate katie kitty kat cat kay
                cecilia cissy celia
                charles charlie chuck chas
                charlotte charlie lottie lotte
                christina christine kristin chris chrissie tina
                christopher chris topher kit
                clifford cliff
                constance connie
                cynthia cindy
                daniel dan danny
                danielle dani
                david dave davy
                deborah deb debbie debra
                dennis denny
                diana diane di
                donald don donny
                dorothy dot dottie dolly dora
                douglas doug
                edward ed eddie ted teddy ned
                edwin ed eddie
                eleanor ellie nell nellie nora
                elizabeth elisabeth liz lizzie beth betty betsy eliza lisa libby bess bessie
                emily em emmy
                emma em
                eugene gene
                evelyn eve evie
                florence flo
                frances fran frannie francie
                francis frank frankie fran
                franklin frank
                frederick fred freddie freddy
                gabriel gabe
                gabrielle gabby
                geoffrey jeffrey geoff jeff
                george georgie
                gerald gerry jerry
                gilbert gil
                gregory greg
                gwendolyn gwen
                harold harry hal
                harriet hattie
                henry harry hank hal
                herbert bert herb
                howard howie
                isaac ike
                isabella isabel bella izzy
                jacob jake
                jacqueline jackie
                james jim jimmy jamie
                jane janie jenny
                janet jan
                jason jay
                jennifer jen jenny
                jeremy jerry
                jerome jerry
                jessica jess jessie
                joan joanie
                john jack johnny jon
                jonathan jon jonny nathan
                joseph joe joey
                josephine jo josie
                joshua josh
                judith judy jude
                julia julie
                kenneth ken kenny
                kimberly kim
                lawrence laurence larry laurie
                leonard leo len lenny
                leslie les
                lewis louis lou louie
                lillian lily lil
                louise lou
                lucille lucy
                madeline maddie
                magdalena lena
                margaret maggie meg peg peggy marge margie greta rita daisy
                martha marty patty
                martin marty
                mary molly polly mae mamie
                matilda tilly mattie
                matthew matt
                maximilian max
                melissa missy mel
                melanie mel
                michael mike mick mickey micky
                michelle shelly
                mildred millie
                mitchell mitch
                mohammed mohammad muhammad mohamed
                morris maury
                nancy nan
                natalie nat
                nathaniel nathan nate nat
                nicholas nicolas nick nicky
                nicole nicky
                norman norm
                oliver ollie
                olivia liv livvy
                pamela pam
                patricia pat patty patsy tricia trish
                patrick pat paddy
                penelope penny
                peter pete
                philip phillip phil
                phyllis phyl
                priscilla cilla
                prudence prue
                rachel rae
                randolph randall randy
                raymond ray
                rebecca becky becca
                reginald reg reggie
                richard rick ricky dick rich richie
                robert bob bobby rob robbie bert
                roberta bobbie
                rodney rod
                roger rog
                roland rollo
                ronald ron ronnie
                rosemary rose rosie
                rudolph rudy
                russell russ
                samantha sam sammy
                samuel sam sammy
                sandra sandy
                sarah sally sadie sara
                sebastian seb
                sharon shari
                sidney sid
                simon si
                sophia sophie
                stanley stan
                stephanie steph
                stephen steven steve
                stuart stu
                susan sue susie suzy suzanne susanna
                sylvester sly
                sylvia syl
                tabitha tabby
                teresa theresa terry tess tessa
                terence terrence terry
                theodore ted teddy theo
                thomas tom tommy
                timothy tim timmy
                tobias toby
                valerie val
                vanessa nessa
                veronica ronnie roni
                victor vic
                victoria vicky vicki tori
                vincent vince vinny
                virginia ginny
                walter walt wally
                wilhelmina mina willa
                wilfred wilf fred
                william bill billy will willy willie liam
                winifred winnie
                winston win
                yvonne von
                zachary zach zack
                """;

        static final Map<String, Set<Integer>> GROUPS = groups();

        private Nicknames() {}

        private static Map<String, Set<Integer>> groups() {
            Map<String, Set<Integer>> groups = new TreeMap<>();
            List<String> lines = LINES.lines().toList();
            for (int line = 0; line < lines.size(); line++) {
                for (String name : SetValue.cut(lines.get(line), " ")) {
                    groups.computeIfAbsent(name, key -> new TreeSet<>()).add(line);
                }
            }
            return groups;
        }
    }
}
