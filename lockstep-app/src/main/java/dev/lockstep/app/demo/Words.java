package dev.lockstep.app.demo;

import java.util.List;
import java.util.Random;

/** What the demo's people are made of. All invented; addresses and numbers are of ranges kept for fiction. */
final class Words {

    static final List<String> FIRST = words("""
            Ada Grace Alan Edsger Barbara Donald Margaret Dennis Frances John Katherine Tony Radia Ken Hedy Niklaus
            Joan Leslie Anita Vint Karen Bjarne Sophie Guido Evelyn Linus Mary Tim Shafi Whitfield Jean Martin Olga
            Ivan Yuki Hiroshi Mei Wei Priya Arjun Fatima Omar Chloé François Zoë Jürgen Björn Søren Łucja Paweł Dvořák
            Siobhán Niamh Rhys Carys Isla Hamish Oisín Ana José María Inês João Giulia Luca Amélie Noël Ingrid Lars
            Aylin Emre Nadia Tariq Chiara Mateo Freya Callum Imogen Rupert Beatrix Winston Harriet Alfred Mabel Stanley
            """);
    static final List<String> LAST = words("""
            Lovelace Hopper Turing Dijkstra Liskov Knuth Hamilton Ritchie Allen McCarthy Johnson Hoare Perlman Thompson
            Lamarr Wirth Clarke Lamport Borg Cerf Jones Wilson Berners Boyd Torvalds Somerville Faraday Goldwasser
            Diffie Bartik Fowler Petrova Sato Tanaka Chen Zhang Patel Sharma Hassan Khan Dupont Müller Schäfer Nilsson
            Ångström Kowalski Wójcik Novák O'Brien O'Neill Llewellyn MacDonald Smith-Jones Taylor Brown Davies Evans
            Walker Wright Green Hall Wood Turner Hill Cooper Ward Morris García Fernández Silva Costa Rossi Bianchi
            Lefèvre Hansen Jørgensen Yılmaz Demir Baker Carter Mitchell Phillips Campbell Stewart Bennett Fletcher
            """);
    static final List<String> CITIES = List.of(
            "London",
            "Manchester",
            "Bristol",
            "Leeds",
            "Glasgow",
            "Edinburgh",
            "Cardiff",
            "Belfast",
            "York",
            "Bath",
            "Sheffield",
            "Nottingham",
            "Newcastle upon Tyne",
            "Brighton",
            "Oxford",
            "Cambridge",
            "Stratford-upon-Avon",
            "St Andrews",
            "Aberystwyth",
            "King's Lynn",
            "Derry",
            "Penzance",
            "Inverness",
            "Norwich",
            "Exeter");
    static final List<String> MAILS = List.of("mail.example", "post.example", "inbox.example", "home.example");
    static final List<String> INTERESTS = words("tea jazz cycling chess gardening opera running baking sailing films");
    /** Subscriber numbers follow: four digits of 0000 to 0999, or five of 00 to 999 with a mobile's. */
    static final List<String> AREAS = List.of(
            "0113496", "0114496", "0115496", "0116496", "0117496", "0118496", "0121496", "0131496", "0141496",
            "0151496", "0161496", "0191498", "0207946", "0289649", "0292018");

    private Words() {}

    static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** {@code O'Brien -> obrien}, {@code Søren -> sren}: letters that an address may hold anywhere. */
    static String plain(String name) {
        var plain = new StringBuilder();
        java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .toLowerCase(java.util.Locale.ROOT)
                .chars()
                .filter(letter -> letter >= 'a' && letter <= 'z')
                .forEach(letter -> plain.append((char) letter));
        return plain.isEmpty() ? "x" : plain.toString();
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
