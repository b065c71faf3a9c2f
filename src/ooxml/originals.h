/**
 * @file
 * What the parts of a corrected copy were: a part of its own, custom XML, that holds for each
 * part the way back to its bytes in the input. It leads there as long as the parts are as we
 * wrote them; a program that has saved the copy since has written them anew.
 */
#ifndef KF_ORIGINALS_H
#define KF_ORIGINALS_H

#include "ooxml/opc.h"
#include "ooxml/package_write.h"

/** A part and what it was in the first input. */
typedef struct {
    KfText name;
    bool is_new;  /**< it was not there */
    KfText bytes; /**< unpacked, as they were; not used when new */
} KfOriginalPart;

/** {0}: nothing is known. */
typedef struct {
    KfText part;  /**< name of the part that tells; empty when there is none */
    bool is_told; /**< it does, and every part is as it was written */
    KfOriginalPart *items;
    size_t count, cap;
} KfOriginals;

/** Look for the part among the custom XML of the workbook. Inside kf_arena_run(). */
KfStatus kf_originals_read(KfOriginals *out, KfRewrite *rewrite, const KfRelations *relations,
                           KfError *err) KF_MUST_USE;
/**
 * The part for the package as changed, from what was known before the changes. It is named
 * known->part, which is related and declared already. Inside kf_arena_run().
 */
KfStatus kf_originals_write(const KfOriginals *known, KfRewrite *rewrite, KfError *err) KF_MUST_USE;
/** Put every part back to what it was. */
void kf_originals_restore(const KfOriginals *known, KfRewrite *rewrite);

#endif
