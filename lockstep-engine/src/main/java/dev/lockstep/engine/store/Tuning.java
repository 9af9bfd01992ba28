package dev.lockstep.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ChecksumType;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB is set. Its memory is bounded by design, whatever the number of customers: one cache holds data, index
 * and filter blocks of all families and is also charged for what is not yet written out.
 */
final class Tuning implements AutoCloseable {
    private static final long MIB = 1L << 20;
    /** For work that goes on for long; half of it at most for what is not yet written out. */
    static final long CACHE_BYTES = 192 * MIB;
    /** What is read again soon does not fill so much. */
    static final long WORTH_EMPTYING_BYTES = 48 * MIB;
    /** For a copy that is thrown away. */
    static final long SMALL_CACHE_BYTES = 64 * MIB;

    private final List<RocksObject> open = new ArrayList<>();
    private final long cacheBytes;
    private final LRUCache cache;
    private final WriteBufferManager buffers;
    private final BloomFilter bloom = keep(new BloomFilter(10, false));

    Tuning(long cacheBytes) {
        this.cacheBytes = cacheBytes;
        cache = keep(new LRUCache(cacheBytes, 4));
        buffers = keep(new WriteBufferManager(cacheBytes / 2, cache));
    }

    long cacheBytes() {
        return cacheBytes;
    }

    /** What the cache holds now, with what is not yet written out. */
    long cachedBytes() {
        return cache.getUsage();
    }

    DBOptions database(boolean create) {
        DBOptions options = keep(tracking());
        options.setCreateIfMissing(create);
        options.setCreateMissingColumnFamilies(true);
        options.setParanoidChecks(true);
        // A torn tail is what kill -9 leaves; a hole before good records is damage, and is refused.
        options.setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
        options.setWriteBufferManager(buffers);
        options.setMaxTotalWalSize(256 * MIB);
        options.setMaxBackgroundJobs(2);
        options.setMaxOpenFiles(512);
        options.setBytesPerSync(MIB);
        options.setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
        options.setKeepLogFileNum(3);
        options.setMaxLogFileSize(4 * MIB);
        options.setRecycleLogFileNum(0);
        options.setStatsDumpPeriodSec(0);
        return options;
    }

    /** A log that is gone, of several that are still needed, is damage. The Java interface has no setter for that. */
    private static DBOptions tracking() {
        Properties properties = new Properties();
        properties.setProperty("track_and_verify_wals_in_manifest", "true");
        DBOptions options = DBOptions.getDBOptionsFromProps(properties);
        if (options == null) throw new IllegalStateException("RocksDB does not know " + properties);
        return options;
    }

    ColumnFamilyOptions family(Family family) {
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(8 * 1024)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setChecksumType(ChecksumType.kXXH3)
                .setFormatVersion(5);
        ColumnFamilyOptions options = keep(new ColumnFamilyOptions());
        if (family.lookedUp()) {
            table.setFilterPolicy(bloom);
            // In a first reading most of what is looked for is not there: not in what is still in memory either.
            options.setMemtableWholeKeyFiltering(true);
            options.setMemtablePrefixBloomSizeRatio(0.05);
        }
        options.setTableFormatConfig(table);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
        // States are written over and over: the better compression cost more processor time than it saved disk.
        options.setBottommostCompressionType(CompressionType.LZ4_COMPRESSION);
        options.setWriteBufferSize(24 * MIB);
        options.setMaxWriteBufferNumber(3);
        options.setLevelCompactionDynamicLevelBytes(true);
        options.setTargetFileSizeBase(32 * MIB);
        options.setMaxBytesForLevelBase(128 * MIB);
        return options;
    }

    private <T extends RocksObject> T keep(T object) {
        open.add(object);
        return object;
    }

    @Override
    public void close() {
        for (int i = open.size() - 1; i >= 0; i--) open.get(i).close();
    }
}
