/**
 * {@code init}: looks round databases and writes a first workspace. A {@link dev.lockstep.app.init.TableLook} guesses
 * what each column of a table means, by its name and by what it holds; {@link dev.lockstep.app.init.CustomerModel}
 * makes one model of several tables; {@link dev.lockstep.app.init.WorkspaceText} writes it down with the evidence.
 */
@NullMarked
package dev.lockstep.app.init;

import org.jspecify.annotations.NullMarked;
