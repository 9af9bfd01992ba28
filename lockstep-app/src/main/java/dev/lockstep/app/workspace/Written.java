package dev.lockstep.app.workspace;

/** A text of the workspace, with its place: an expression, a name. */
public record Written(String text, Place at) {}
