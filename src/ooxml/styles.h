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
/** Index into KfBook.formats for a cell's s attribute; without one it is style 0. */
uint32_t kf_style_format(const KfStyles *styles, KfText s);
/** Whether a cell with this s attribute may be changed on a protected sheet. */
bool kf_style_unlocked(const KfStyles *styles, KfText s);
/** The same two for the number that the attribute states; it is 0 where there is none. */
uint32_t kf_style_format_at(const KfStyles *styles, uint32_t index);
bool kf_style_unlocked_at(const KfStyles *styles, uint32_t index);

#endif
