/**
 * @file
 * From a cell's style index to its number format.
 */
#ifndef KF_STYLES_H
#define KF_STYLES_H

#include "kf/grid.h"
#include "ooxml/xml_pull.h"

/** {0}: every cell has format 0. */
typedef struct {
    uint32_t *formats; /**< of each cellXfs entry: index into KfBook.formats */
    bool *unlocked;    /**< of each: whether its cells may be changed on a protected sheet */
    size_t count, cap, unlocked_count, unlocked_cap;
} KfStyles;

/** Read the styles part (UTF-8 bytes) and fill book->formats, [0] being "General". */
KfStatus kf_styles_read(KfStyles *out, KfBook *book, KfText part, KfText part_name, KfArena *arena,
                        KfError *err) KF_MUST_USE;
/** Index into KfBook.formats for a cell's s attribute; 0 when it is none. */
uint32_t kf_style_format(const KfStyles *styles, KfText s);
/** Whether a cell with this s attribute may be changed on a protected sheet. */
bool kf_style_unlocked(const KfStyles *styles, KfText s);

#endif
