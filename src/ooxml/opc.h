/**
 * @file
 * What ties the parts of a package together: content types and relationships.
 */
#ifndef KF_OPC_H
#define KF_OPC_H

#include "ooxml/package.h"

/** More relationships than this of one part are refused: KF_LIMIT. */
#define KF_RELATION_LIMIT 65536

/** A relationship of a part. Texts live in the arena. */
typedef struct {
    KfText id;     /**< "rId3" */
    KfText type;   /**< the whole address */
    KfText target; /**< name of the part, resolved, without leading slash; external: as written */
    bool external;
} KfRelation;

typedef struct {
    KfRelation *items; /**< in file order */
    size_t count, cap;
    size_t entry; /**< index of the .rels part, or KF_PACKAGE_NONE */
} KfRelations;

/** A Default (extension without dot) or an Override (part name). */
typedef struct {
    KfText key, type;
} KfContentType;

typedef struct {
    KfContentType *defaults, *overrides;
    size_t default_count, override_count, default_cap, override_cap;
    size_t entry; /**< index of [Content_Types].xml */
} KfContentTypes;

/**
 * Read the content types. scratch is working memory, held outside the arena.
 * A package without them: NO_WORKBOOK.
 */
KfStatus kf_opc_types(KfContentTypes *out, KfPackage *package, KfArena *arena, KfBuf *scratch,
                      KfError *err) KF_MUST_USE;
/** Content type of a part; empty when none is stated. */
KfText kf_opc_type(const KfContentTypes *types, KfText part);

/** Name of the part that holds part's relationships: "xl/_rels/workbook.xml.rels". */
KfText kf_opc_relations_name(KfArena *arena, KfText part);
/**
 * Read the relationships of a part ("" for the package's own). A part that has
 * none gives none.
 */
KfStatus kf_opc_relations(KfRelations *out, KfPackage *package, KfText part, KfArena *arena,
                          KfBuf *scratch, KfError *err) KF_MUST_USE;
/** A target as written, seen from a part: "../media/a.png" from "xl/drawings/b.xml" is
 *  "xl/media/a.png"; "/xl/a.xml" is "xl/a.xml". */
KfText kf_opc_resolve(KfArena *arena, KfText from_part, KfText target);
/**
 * Whether a relationship is of a kind such as "worksheet" or "styles", in the
 * transitional or the strict namespace.
 */
bool kf_opc_is(const KfRelation *relation, KfText kind);
/** First relationship inside the package of a kind, or NULL. */
const KfRelation *kf_opc_first(const KfRelations *relations, KfText kind);
/** Relationship with an id, or NULL. */
const KfRelation *kf_opc_by_id(const KfRelations *relations, KfText id);

#endif
