package dev.lockstep.app.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the machine when there is nothing to do. After much work, such as a first reading, the JVM would
 * keep what the work took: it collects nothing where nothing is allocated.
 */
final class Rest {
    private static final Logger LOG = LoggerFactory.getLogger(Rest.class);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final long MIB = 1L << 20;
    /** Allocated between two looks: what it takes to look, and to keep connections alive. */
    private static final long QUIET_BYTES = 16 * MIB;

    /** By then the engine has let go of what it can read again. */
    private static final int QUIET_LOOKS = 8;
    /** So much more than after the last time is worth the work. */
    private static final long WORTH_BYTES = 64 * MIB;

    private long allocatedBytes;
    private long keptBytes;
    private int quiet;

    /** Called every few seconds; at rest it collects once, and then no more until there was work again. */
    void look() {
        long now = THREADS.getTotalThreadAllocatedBytes();
        quiet = now - allocatedBytes < QUIET_BYTES ? quiet + 1 : 0;
        allocatedBytes = now;
        if (quiet < QUIET_LOOKS || committedBytes() - keptBytes < WORTH_BYTES) return;
        long before = committedBytes();
        collect();
        trim();
        keptBytes = committedBytes();
        quiet = 0;
        LOG.debug("at rest: the heap went from {} to {} MB", before / MIB, keptBytes / MIB);
    }

    /** The JVM would keep more than twice what is used; at rest a little room is enough, and it grows by itself. */
    private static void collect() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        String least = options.getVMOption(LEAST_FREE).getValue();
        String most = options.getVMOption(MOST_FREE).getValue();
        options.setVMOption(LEAST_FREE, "5");
        options.setVMOption(MOST_FREE, "20");
        System.gc();
        options.setVMOption(MOST_FREE, most);
        options.setVMOption(LEAST_FREE, least);
    }

    private static long committedBytes() {
        return MEMORY.getHeapMemoryUsage().getCommitted();
    }

    /** What RocksDB has freed goes back too, where the C library can do that. */
    private static void trim() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            new Object[0],
                            new String[0]);
        } catch (JMException e) {
            LOG.debug("the native heap stays as it is", e);
        }
    }
}
