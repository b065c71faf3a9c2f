/**
 * @file
 * The container of a workbook: a zip file held in memory. Parts are found by
 * name and inflated one at a time, with limits on what comes out.
 */
#ifndef KF_PACKAGE_H
#define KF_PACKAGE_H

#include "kf/limits.h"

#define KF_PACKAGE_NONE SIZE_MAX

/** An entry past so many bytes may be only so many times its packed size as KF_BOUND_RATIO. */
#define KF_RATIO_FREE ((uint64_t)64 << 20)

/** An entry as the central directory lists it. */
typedef struct {
    KfText name;     /**< as stored in the zip file, bytes unchanged */
    uint64_t index;  /**< libzip's index: the order of the central directory */
    uint64_t packed; /**< packed size as listed */
    uint32_t crc;    /**< of the inflated bytes, as listed */
    uint16_t method; /**< how it is packed, as zip files number it */
    bool encrypted;
    bool counted; /**< its bytes are in KfPackage.inflated */
} KfEntry;

/** An open package. bytes are borrowed and must outlive it. {0} is a closed one. */
typedef struct {
    KfText bytes;
    struct zip *zip;   /**< read-only; for who needs more of libzip than this header */
    KfEntry *entries;  /**< by index: entries[i].index == i */
    uint32_t *by_name; /**< indexes ordered by name without regard to case */
    size_t entry_count;
    uint64_t inflated; /**< bytes that came out of all entries, each counted once */
    const KfLimits *limits;
    struct KfPartReader *reader; /**< of the part that is read piece by piece */
    bool reads_ahead;            /**< large parts, in a thread of their own */
    KfArena arena;
} KfPackage;

/**
 * Open the zip file that bytes hold.
 * Statuses: NOT_A_ZIP, ZIP_TRUNCATED (begins as a zip file, has no end),
 * ENCRYPTED and OLD_FORMAT (an OLE2 compound file), LIMIT, NO_MEMORY.
 */
KfStatus kf_package_open(KfPackage *package, KfText bytes, KfError *err) KF_MUST_USE;
/** As kf_package_open(), within limits that outlive the package. */
KfStatus kf_package_open_within(KfPackage *package, KfText bytes, const KfLimits *limits,
                                KfError *err) KF_MUST_USE;
/**
 * Open the zip file at path without holding its bytes: package->bytes is empty.
 * A path that cannot be read is FILE_UNREADABLE; else as kf_package_open().
 */
KfStatus kf_package_open_path(KfPackage *package, const char *path, KfError *err) KF_MUST_USE;
/** A closed package is accepted. */
void kf_package_close(KfPackage *package);

struct zip_error;
/** Whether libzip failed for want of memory, which it does not always say but errno does, when
 *  it was 0 before. */
bool kf_zip_lacks_memory(const struct zip_error *cause);
/** Whether bytes begin as a zip file. */
bool kf_is_zip(KfText bytes);
/** Whether bytes begin as an OLE2 compound file (.xls, or an encrypted .xlsx). */
bool kf_is_ole(KfText bytes);

/**
 * Index of a part ("/xl/workbook.xml" or "xl/workbook.xml"), or KF_PACKAGE_NONE.
 * Case, a leading slash, back slashes and %20-escapes do not matter; of two
 * entries with one name the first counts.
 */
size_t kf_package_find(const KfPackage *package, KfText part);
/** Name of an entry as stored, without a leading slash. */
KfText kf_package_name(const KfPackage *package, size_t index);

/**
 * Begin to read an entry piece by piece; one at a time, so that this ends the last one.
 * Statuses as of kf_package_inflate().
 */
KfStatus kf_part_open(KfPackage *package, size_t index, KfError *err) KF_MUST_USE;
/**
 * The next cap bytes of the entry, fewer only where it ends: then its checksum has been
 * verified. *len is what came. What comes out is counted as by kf_package_inflate().
 */
KfStatus kf_part_read(KfPackage *package, char *to, size_t cap, size_t *len,
                      KfError *err) KF_MUST_USE;
/** Free what reading a part took; kf_package_close() does it too. */
void kf_part_close(KfPackage *package);

/** What a packed byte of XML usually becomes. */
enum { KF_BYTES_A_PACKED_ONE = 9 };
/** Let out have room for so many bytes for each packed one of the entry, within bounds. */
void kf_package_expect(const KfPackage *package, size_t index, KfBuf *out, unsigned a_packed_one);
/**
 * Inflate an entry and append it to out. What comes out is counted, the size
 * that the file claims is never believed, and the checksum is verified.
 * Statuses: ZIP_TRUNCATED (bad data or checksum), ENCRYPTED, LIMIT,
 * SHEET_UNREADABLE (unknown packing method), NO_MEMORY. out is the caller's to free.
 */
KfStatus kf_package_inflate(KfPackage *package, size_t index, KfBuf *out, KfError *err) KF_MUST_USE;
/**
 * Inflate an XML part into out (emptied first) as UTF-8; a part in another encoding
 * is transcoded and its declaration changed, which transcoded (may be NULL) tells:
 * offsets then refer to out, not to the part as stored.
 */
KfStatus kf_package_xml(KfPackage *package, size_t index, KfBuf *out, bool *transcoded,
                        KfError *err) KF_MUST_USE;

#endif
