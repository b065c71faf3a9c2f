/**
 * @file
 * Text on its way into an XML part, and small changes to one.
 */
#ifndef KF_XML_WRITE_H
#define KF_XML_WRITE_H

#include "base/splice.h"
#include "ooxml/xml_pull.h"

/**
 * Characters of a cell, note or name (ST_Xstring): what XML cannot carry becomes
 * _xHHHH_, and a text that looks like that is itself escaped. Safe between tags.
 */
void kf_buf_xml_text(KfBuf *out, KfText text);
/** The same for an attribute in double quotes: line breaks and tabs survive. */
void kf_buf_xml_attr(KfBuf *out, KfText text);

/** The texts one after another, in the arena. */
KfText kf_xml_join(KfArena *arena, const KfText *texts, size_t count);
#define KF_XML_JOIN(arena, ...)                                                                    \
    kf_xml_join((arena), (const KfText[]){ __VA_ARGS__ },                                          \
                sizeof((const KfText[]){ __VA_ARGS__ }) / sizeof(KfText))
/** Decimal digits. */
KfText kf_xml_number(KfArena *arena, int64_t value);
/** "" or "x:" for a prefix. */
KfText kf_xml_colon(KfArena *arena, KfText prefix);

/** Put inner last in the element whose END is the current token, also a self-closing one. */
void kf_xml_append(KfSplices *splices, const KfXml *at_end, KfText inner);
/** element (from "<" to ">") with the attribute set, or without it where value.ptr is NULL. */
KfText kf_xml_with_attr(KfArena *arena, KfText element, KfText name, KfText value);
/** Behind the last attribute of the current START, where another one goes. */
size_t kf_xml_attrs_end(const KfXml *xml);

/** Whether text is a number as a spreadsheet file stores it: "-62788.5", "1E+3". */
bool kf_is_decimal(KfText text);

#define KF_XML_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define KF_SHEET_SPACE "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define KF_SHEET_SPACE_STRICT "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define KF_RELATION_SPACE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define KF_RELATION_SPACE_STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"

/** The prefix under which the current START, the root's, declares the relationships
 *  namespace; empty when it does not. */
KfText kf_xml_relation_prefix(const KfXml *xml);
/** Whether the current START, the root's, declares the ISO strict namespace. */
bool kf_xml_is_strict(const KfXml *xml);

#endif
