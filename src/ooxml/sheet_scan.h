/**
 * @file
 * A worksheet part, read row by row and cell by cell with the byte offsets of
 * everything: for reading it, and for splicing a cell in it.
 */
#ifndef KF_SHEET_SCAN_H
#define KF_SHEET_SCAN_H

#include "ooxml/xml_pull.h"

/**
 * What kf_scan_next() came to. In file order:
 * ROOT (CHILD* DATA (ROW CELL* ROW_END)* DATA_END CHILD*) END, or BAD.
 */
typedef enum {
    KF_SCAN_ROOT,     /**< start tag of the root; xml is at it */
    KF_SCAN_CHILD,    /**< start tag of a child of the root other than sheetData; xml is at it.
                           It may be read with kf_xml_next() up to its END, or left alone. */
    KF_SCAN_DATA,     /**< start tag of sheetData; xml is at it */
    KF_SCAN_ROW,      /**< start tag of a row; xml is at it */
    KF_SCAN_CELL,     /**< a whole cell, see KfSheetScan.cell */
    KF_SCAN_ROW_END,  /**< row_end is known; of <row/>: xml.self_closing */
    KF_SCAN_DATA_END, /**< xml is at </sheetData>; of <sheetData/>: xml.self_closing */
    KF_SCAN_END,      /**< xml is at the root's end tag */
    KF_SCAN_BAD       /**< see kf_xml_fail() */
} KfScanKind;

/** An element inside a cell; all 0 when it is not there. */
typedef struct {
    bool present;
    bool is_plain;           /**< nothing but characters and references between the tags */
    size_t start, end;       /**< "<v>" to behind "</v>" */
    size_t inner, inner_end; /**< between the tags; both end when self-closing */
} KfScanElement;

/** A cell. Attribute values are as they stand in the part; empty when missing. */
typedef struct {
    uint32_t row, col; /**< from r, or counted on from the cell before */
    size_t start, end; /**< "<c" to behind "</c>" or "/>" */
    size_t tag_end;    /**< behind the ">" of its start tag */
    bool self_closing; /**< <c .../> */
    KfText name;       /**< its qualified name: "c" or "x:c" */
    KfXmlAttr r, s, t; /**< with their offsets; end is 0 when missing */
    KfScanElement f, v, is;
    KfXmlAttr f_type, f_ref, f_index; /**< of f: t, ref, si; end is 0 when missing */
} KfScanCell;

/** Where a scan is; sheet_plain.c takes it on from row to row and cell to cell. */
typedef enum {
    KF_SCAN_BEFORE_ROOT,
    KF_SCAN_IN_ROOT,
    KF_SCAN_IN_CHILD,
    KF_SCAN_IN_DATA,
    KF_SCAN_IN_ROW,
    KF_SCAN_AT_END
} KfScanState;

typedef struct {
    KfXml xml;
    uint32_t row;       /**< of the current row, from 0 */
    size_t row_start;   /**< "<row" */
    size_t row_tag_end; /**< behind the ">" of its start tag */
    size_t row_end;     /**< ROW_END: behind "</row>" or "/>" */
    size_t child_start; /**< of the last CHILD */
    size_t child_end;   /**< behind the last CHILD's end tag, from the next event on */
    KfScanCell cell;
    uint32_t next_row, next_col; /**< where an element without r stands */
    KfScanState state;
} KfSheetScan;

/** Begin with the part's UTF-8 bytes, which are borrowed. Elements count as the
 *  sheet's when they carry the root's own namespace prefix, whatever it is. */
void kf_scan_init(KfSheetScan *scan, KfText part);
/** As kf_scan_init(), for a part that is not held whole: offsets hold until the next event. */
void kf_scan_init_stream(KfSheetScan *scan, KfText part, KfXmlStream *stream);
KfScanKind kf_scan_next(KfSheetScan *scan);

/**
 * Append the characters of an element of the current part (f or v), decoded and unescaped;
 * comments and CDATA are understood. Appends nothing when it is not there.
 */
void kf_scan_text(KfBuf *out, const KfSheetScan *scan, const KfScanElement *element);
/** The bytes of an element, tags included: a small document of its own. */
KfText kf_scan_slice(const KfSheetScan *scan, const KfScanElement *element);

#endif
