package dev.lockstep.core.normalise;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether a platform holds what was written, only spelled in its own way. */
public final class Spelling {

    /** A platform that keeps this many significant digits of a number is not a person who types a round one. */
    private static final int SIGNIFICANT_DIGITS_MIN = 6;

    /** Digits without a point that are more than this are an identifier cut off, not a number. */
    private static final int NUMBER_DIGITS_MAX = 15;

    private Spelling() {}

    /**
     * True when `held` is a mere spelling of `written`: both not blank, and different only by
     *
     * <ul>
     *   <li>case, white space, Unicode form (NFC, NFKC …) or punctuation: {@code "(415) 555-2671"} of {@code "415
     *   5552671"};
     *   <li>a cut-off end: {@code "Lovela"} of {@code "Lovelace"}, not the other way round;
     *   <li>rounding, for numbers: {@code "12.35"} of {@code "12.345"}, {@code "0.100000001"} (a four-byte float) of
     *       {@code "0.1"}; {@code 100} is none of {@code 1000};
     *   <li>a fraction of a second, for times: {@code "12:00:00"} of {@code "12:00:00.6"}, with equal dates and
     *   offsets.
     * </ul>
     *
     * Digits apart by punctuation are compared part by part: {@code 2024-1-11} is no spelling of {@code 2024-11-1}.
     */
    public static boolean isSpellingOf(@Nullable String held, @Nullable String written) {
        if (held == null || written == null || Texts.isBlank(held) || Texts.isBlank(written)) {
            return false;
        }
        if (held.equals(written)) {
            return true;
        }
        String heldText = Texts.asciiDigits(Texts.trimMarks(held));
        String writtenText = Texts.asciiDigits(Texts.trimMarks(written));
        String heldNumber = Decimals.canonical(heldText);
        String writtenNumber = Decimals.canonical(writtenText);
        if (heldNumber != null && writtenNumber != null) {
            return isRounded(heldNumber, writtenNumber) || isCutIdentifier(heldText, writtenText);
        }
        IsoTime heldTime = IsoTime.parse(heldText);
        IsoTime writtenTime = IsoTime.parse(writtenText);
        if (heldTime != null && writtenTime != null && heldTime.time() != null && writtenTime.time() != null) {
            return isSameSecond(heldTime.instant(null), writtenTime.instant(null));
        }
        return isSameText(held, written) || isSameAmount(heldText, writtenText);
    }

    private static boolean isRounded(String held, String written) {
        BigDecimal heldNumber = new BigDecimal(held);
        BigDecimal writtenNumber = new BigDecimal(written);
        if (heldNumber.compareTo(writtenNumber) == 0) {
            return true;
        }
        boolean fraction = writtenNumber.scale() > heldNumber.scale();
        if (fraction
                && (writtenNumber
                                        .setScale(heldNumber.scale(), RoundingMode.HALF_UP)
                                        .compareTo(heldNumber)
                                == 0
                        || writtenNumber
                                        .setScale(heldNumber.scale(), RoundingMode.DOWN)
                                        .compareTo(heldNumber)
                                == 0)) {
            return true;
        }
        return isRoundedToDigits(heldNumber, writtenNumber) || isFloat(heldNumber, writtenNumber);
    }

    /** {@code 1234570} of {@code 1234567}: as MySQL shows a FLOAT. */
    private static boolean isRoundedToDigits(BigDecimal held, BigDecimal written) {
        int digits = held.stripTrailingZeros().precision();
        return digits >= SIGNIFICANT_DIGITS_MIN
                && digits < written.precision()
                && (written.round(new MathContext(digits, RoundingMode.HALF_UP)).compareTo(held) == 0
                        || written.round(new MathContext(digits, RoundingMode.DOWN))
                                        .compareTo(held)
                                == 0);
    }

    /** What a float of four or eight bytes makes of it, printed briefly, to some digits, or in full. */
    private static boolean isFloat(BigDecimal held, BigDecimal written) {
        float single = written.floatValue();
        double twice = written.doubleValue();
        return (Float.isFinite(single)
                        && (held.compareTo(new BigDecimal(Float.toString(single))) == 0
                                || isPrintOf(held, new BigDecimal(single))))
                || (Double.isFinite(twice)
                        && (held.compareTo(new BigDecimal(Double.toString(twice))) == 0
                                || isPrintOf(held, new BigDecimal(twice))));
    }

    private static boolean isPrintOf(BigDecimal held, BigDecimal exact) {
        int digits = held.precision();
        return digits >= SIGNIFICANT_DIGITS_MIN
                && exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).compareTo(held) == 0;
    }

    private static boolean isCutIdentifier(String held, String written) {
        boolean identifier = written.length() > NUMBER_DIGITS_MAX || written.startsWith("0") || written.startsWith("+");
        return identifier
                && held.length() < written.length()
                && written.startsWith(held)
                && Ascii.allDigits(written, 1, written.length());
    }

    /** The same instant, or it cut off or rounded to the digits of the second that are held. */
    private static boolean isSameSecond(Instant held, Instant written) {
        long heldMicros = micros(held);
        long writtenMicros = micros(written);
        long unit = 1;
        while (unit < 1_000_000 && heldMicros % (unit * 10) == 0) {
            unit *= 10;
        }
        return heldMicros == writtenMicros
                || heldMicros == Math.floorDiv(writtenMicros, unit) * unit
                || heldMicros == Math.floorDiv(writtenMicros + unit / 2, unit) * unit;
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    /** {@code 12.50 EUR} of {@code 12.5 EUR}: the same but for the number at either end. */
    private static boolean isSameAmount(String held, String written) {
        int heldEnd = amountEnd(held);
        int writtenEnd = amountEnd(written);
        if (heldEnd > 0 && writtenEnd > 0) {
            return isSameAmount(
                    held.substring(0, heldEnd),
                    held.substring(heldEnd),
                    written.substring(0, writtenEnd),
                    written.substring(writtenEnd));
        }
        return false;
    }

    private static boolean isSameAmount(String held, String heldUnit, String written, String writtenUnit) {
        String heldNumber = Decimals.canonical(held);
        String writtenNumber = Decimals.canonical(written);
        String unit = skeleton(heldUnit);
        return heldNumber != null
                && writtenNumber != null
                && !unit.isEmpty()
                && Ascii.allLetters(unit)
                && unit.equals(skeleton(writtenUnit))
                && isRounded(heldNumber, writtenNumber);
    }

    private static int amountEnd(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        while (at < text.length() && (Ascii.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    private static boolean isSameText(String held, String written) {
        String heldSkeleton = skeleton(held);
        String writtenSkeleton = skeleton(written);
        if (heldSkeleton.isEmpty() || writtenSkeleton.isEmpty()) {
            return heldSkeleton.equals(writtenSkeleton)
                    && Texts.trimMarks(written).startsWith(Texts.trimMarks(held));
        }
        return writtenSkeleton.startsWith(heldSkeleton)
                && (heldSkeleton.length() < writtenSkeleton.length() || haveEqualParts(held, written));
    }

    /** Letters and digits, folded; signs that mean something (€, $, emoji) stay, spaces and punctuation go. */
    private static String skeleton(String text) {
        String fault = Texts.fault(text);
        String folded = Texts.fold(fault == null ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text);
        StringBuilder skeleton = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (!isPunctuation(c)) {
                skeleton.append(c);
            }
        }
        return skeleton.toString();
    }

    /** With as many runs of digits, each of the same length: so that a moved separator between them counts. */
    private static boolean haveEqualParts(String held, String written) {
        int[] heldRuns = digitRuns(held);
        int[] writtenRuns = digitRuns(written);
        if (heldRuns.length != writtenRuns.length) {
            return true;
        }
        return Arrays.equals(heldRuns, writtenRuns);
    }

    private static int[] digitRuns(String text) {
        IntStream.Builder runs = IntStream.builder();
        int run = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && Character.isDigit(text.charAt(i))) {
                run++;
            } else if (run > 0) {
                runs.add(run);
                run = 0;
            }
        }
        return runs.build().toArray();
    }

    private static boolean isPunctuation(char c) {
        if (c < 0x80) {
            return !Ascii.isDigit(c) && !Ascii.isLetter(c) && c != '$' && c != '%' && c != '&' && c != '@';
        }
        if (Texts.isSpace(c) || Texts.isDirection(c)) {
            return true;
        }
        int type = Character.getType(c);
        return type == Character.DASH_PUNCTUATION
                || type == Character.START_PUNCTUATION
                || type == Character.END_PUNCTUATION
                || type == Character.CONNECTOR_PUNCTUATION
                || type == Character.OTHER_PUNCTUATION
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || type == Character.CONTROL
                || type == Character.FORMAT;
    }
}
