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
    size_t count, cap;
} KfStyles;

/** Read the styles part (UTF-8 bytes) and fill book->formats, [0] being "General". */
KfStatus kf_styles_read(KfStyles *out, KfBook *book, KfText part, KfText part_name, KfArena *arena,
                        KfError *err) KF_MUST_USE;
/** Index into KfBook.formats for a cell's s attribute; 0 when it is none. */
uint32_t kf_style_format(const KfStyles *styles, KfText s);
/** As kf_style_format(), for the number that the attribute states. */
uint32_t kf_style_format_at(const KfStyles *styles, uint32_t index);

#endif
