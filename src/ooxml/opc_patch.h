/**
 * @file
 * Adding to and taking from content types and relationships. All to be called
 * inside kf_arena_run(); part names are without leading slash.
 */
#ifndef KF_OPC_PATCH_H
#define KF_OPC_PATCH_H

#include "ooxml/package_write.h"

/** A relationship to be. */
typedef struct {
    KfText kind;   /**< "comments", "vmlDrawing", … */
    KfText target; /**< name of the part it leads to */
    bool strict;   /**< in the ISO strict namespace */
} KfNewRelation;

/** Add a relationship to part's (made when there are none); its id in the arena. */
KfStatus kf_opc_relate(KfRewrite *rewrite, KfText part, const KfNewRelation *relation, KfText *id,
                       KfError *err) KF_MUST_USE;
/** Take out the relationship with this id. */
KfStatus kf_opc_unrelate(KfRewrite *rewrite, KfText part, KfText id, KfError *err) KF_MUST_USE;

/** State a part's content type, where it is not stated so already. */
KfStatus kf_opc_declare(KfRewrite *rewrite, KfText part, KfText type, KfError *err) KF_MUST_USE;
/** The same by a Default for the part's extension, where that is free. */
KfStatus kf_opc_declare_extension(KfRewrite *rewrite, KfText part, KfText type,
                                  KfError *err) KF_MUST_USE;
/** Take out a part's Override. */
KfStatus kf_opc_undeclare(KfRewrite *rewrite, KfText part, KfError *err) KF_MUST_USE;
/** Put the content types into the package as they were changed by the three above. */
void kf_opc_put_types(KfRewrite *rewrite);

/** First free name: stem, a number from 1, and ending ("xl/comments", ".xml"). */
KfText kf_opc_free_name(KfRewrite *rewrite, KfText stem, KfText ending);
/** Folder of a part with its slash: "xl/" of "xl/workbook.xml"; "" at the top. */
KfText kf_opc_folder(KfText part);

#endif
