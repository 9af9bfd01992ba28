/** The HTTP API and the status page of a running server, and the client by which other commands reach it. */
@NullMarked
package dev.lockstep.app.http;

import org.jspecify.annotations.NullMarked;
