package dev.lockstep.core.model;

import java.util.List;

/**
 * The workspace as the core sees it: the company's customer model and the platforms. Immutable; a change of the
 * workspace makes a new one.
 *
 * @param fields by field number
 * @param platforms by platform number
 * @param groupLimit the most records a group may hold
 */
public record Model(List<Field> fields, List<PlatformModel> platforms, int groupLimit) {

    public static final int GROUP_LIMIT = 100;

    public Field field(int number) {
        return fields.get(number);
    }

    public PlatformModel platform(int number) {
        return platforms.get(number);
    }
}
