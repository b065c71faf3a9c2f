/**
 * @file
 * Writing a package anew: what did not change is copied raw, local header,
 * packed bytes, data descriptor, extra fields and times, in its old order.
 *
 * libzip reads packages, but does not write them here: it drops data descriptors
 * and the extra fields it knows, and takes each time through the local time zone.
 */
#ifndef KF_PACKAGE_WRITE_H
#define KF_PACKAGE_WRITE_H

#include "base/text_map.h"
#include "ooxml/pack_ahead.h"
#include "ooxml/package.h"

/** A part that is new, replaced or taken out. */
typedef struct {
    size_t index; /**< of the entry; KF_PACKAGE_NONE: a new one, put last */
    KfText name;  /**< of a new part, without leading slash */
    KfText bytes; /**< unpacked; not used when removed */
    bool removed;
    const KfSplices *splices; /**< what made them of the bytes that the package had, or NULL */
} KfPartChange;

/** What is known of an entry of the package. */
typedef struct {
    size_t change; /**< its number, from 1 on; 0: none */
    KfText raw;    /**< the part unpacked; without bytes: not yet */
    bool is_utf8;  /**< raw is as kf_rewrite_get() gives it */
} KfEntryState;

typedef struct KfTypesPatch KfTypesPatch;
typedef struct KfDirectory KfDirectory;

/** A package with changes to it; they are gathered in arena, then written. */
typedef struct {
    KfPackage *package;
    KfArena *arena;
    KfBuf *scratch; /**< freed by who made the rewrite, outside kf_arena_run() */
    KfPartChange *changes;
    size_t count, cap;
    KfTextMap added;        /**< from folded names of new parts to numbers of changes */
    KfTextMap numbers;      /**< from which on names of a kind may be free */
    KfEntryState *entries;  /**< as the package's; NULL as long as nothing is known */
    KfTypesPatch *types;    /**< of opc_patch.c; NULL as long as none is asked for */
    KfDirectory *directory; /**< of package_write.c; NULL as long as it was not read */
    KfPackAhead **ahead;    /**< of the largest part, ended by who made the rewrite; or NULL */
} KfRewrite;

/** The entry has these bytes, UTF-8, which outlive the rewrite: it need not be unpacked. */
void kf_rewrite_know(KfRewrite *rewrite, size_t index, KfText bytes);
/** Whether the package, as changed so far, has this part. */
bool kf_rewrite_has(const KfRewrite *rewrite, KfText part);
/** What was done to the part so far; NULL when nothing was. */
const KfPartChange *kf_rewrite_change(const KfRewrite *rewrite, KfText part);
/** The part as changed so far, XML as UTF-8, in the arena. A missing part is empty. */
KfStatus kf_rewrite_get(KfRewrite *rewrite, KfText part, KfText *out, KfError *err) KF_MUST_USE;
/** The same of a part that is to change in at most so many places, which kf_rewrite_splice() then
 *  tells; *xml as of kf_rewrite_get(). */
KfStatus kf_rewrite_get_for_splices(KfRewrite *rewrite, KfText part, size_t count, KfText *xml,
                                    KfError *err) KF_MUST_USE;
/** The bytes of a part as the package had them, unpacked, in the arena; empty when it has none. */
KfStatus kf_rewrite_raw(KfRewrite *rewrite, KfText part, KfText *out, KfError *err) KF_MUST_USE;
/** Replace the part, or add it. bytes and the name are borrowed. */
void kf_rewrite_put(KfRewrite *rewrite, KfText part, KfText bytes);
/** The same with xml, as kf_rewrite_get() gave it, changed by these splices, which are borrowed. */
void kf_rewrite_splice(KfRewrite *rewrite, KfText part, KfText xml, KfSplices *splices);
void kf_rewrite_remove(KfRewrite *rewrite, KfText part);
/** A part's bytes as they are packed in the file, where they are deflated; else nothing. */
KfText kf_package_packed(const KfPackage *package, KfArena *arena, size_t index);
/** Begin to pack the largest part as changed so far, in a thread, where rewrite->ahead lets it;
 *  what is written is the same. */
void kf_rewrite_pack_ahead(KfRewrite *rewrite);

/**
 * Append the package as changed to out. A replaced entry keeps its place, time and
 * attributes; a new one is dated 1980-01-01. Inside kf_arena_run().
 * Statuses: NOT_A_ZIP (the directory is not what libzip read), LIMIT, NO_MEMORY.
 */
KfStatus kf_rewrite_finish(KfRewrite *rewrite, KfBuf *out, KfError *err) KF_MUST_USE;

#endif
