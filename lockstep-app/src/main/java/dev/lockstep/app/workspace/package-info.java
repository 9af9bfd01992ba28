/**
 * Reads {@code lockstep.yaml}: text, tree with places, workspace, and with what the platforms were found to be, the
 * core's model.
 */
@NullMarked
package dev.lockstep.app.workspace;

import org.jspecify.annotations.NullMarked;
