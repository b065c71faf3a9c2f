/**
 * @file
 * The texts that cells share: one blob and offsets.
 */
#ifndef KF_SHARED_STRINGS_H
#define KF_SHARED_STRINGS_H

#include "ooxml/xml_pull.h"

/** {0} holds none. */
typedef struct {
    KfText blob;
    const uint32_t *ends; /**< offset behind each text in blob */
    size_t count;
} KfSharedStrings;

/** Read the part (UTF-8 bytes). blob and ends are working memory, held outside the arena. */
KfStatus kf_shared_strings_read(KfSharedStrings *out, KfText part, KfText part_name, KfArena *arena,
                                KfBuf *blob, KfBuf *ends, KfError *err) KF_MUST_USE;
/** The text at index; false when there are not so many. */
bool kf_shared_string(const KfSharedStrings *strings, uint32_t index, KfText *out);
/**
 * Append the text of a string item: xml is at the START of si or is, and
 * afterwards at its END. Runs are joined, phonetic readings left out. False when bad.
 */
bool kf_string_item(KfBuf *out, KfXml *xml);

#endif
