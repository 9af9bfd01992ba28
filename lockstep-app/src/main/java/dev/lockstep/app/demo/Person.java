package dev.lockstep.app.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * A person as she is; each database has its own idea of her.
 *
 * @param phone national digits, {@code 01134960123}; blank: none
 * @param consent {@code granted}, {@code withdrawn} or {@code unset}
 */
record Person(
        String first,
        String last,
        LocalDate born,
        String city,
        String email,
        String phone,
        String consent,
        List<String> interests) {

    Person withFirst(String other) {
        return new Person(other, last, born, city, email, phone, consent, interests);
    }

    Person withEmail(String other) {
        return new Person(first, last, born, city, other, phone, consent, interests);
    }

    Person withPhone(String other) {
        return new Person(first, last, born, city, email, other, consent, interests);
    }

    Person withBorn(LocalDate other) {
        return new Person(first, last, other, city, email, phone, consent, interests);
    }

    Person withConsent(String other) {
        return new Person(first, last, born, city, email, phone, other, interests);
    }

    Person withCity(String other) {
        return new Person(first, last, born, other, email, phone, consent, interests);
    }
}
