/**
 * @file
 * XML read token by token from complete UTF-8 bytes. Nothing is copied or
 * allocated, and every token tells its byte offsets, so that who writes back
 * can splice. Once bad, a reader stays bad.
 */
#ifndef KF_XML_PULL_H
#define KF_XML_PULL_H

#include "kf/base.h"

#define KF_XML_DEPTH 128

/** Bytes that the names of the open elements may take in a part that is not held whole. */
#define KF_XML_NAMES 4096

typedef enum {
    KF_XML_START, /**< start tag; a self-closing one is followed by an END of its own */
    KF_XML_END,
    KF_XML_TEXT, /**< characters as they stand, or a CDATA section */
    KF_XML_EOF,  /**< the root element is closed and nothing but space follows */
    KF_XML_BAD
} KfXmlKind;

/**
 * Where the bytes of a part come from that is not held as a whole. more() forgets the
 * bytes in front of keep, appends others and sets *src to what there is then, in a place
 * of its own; false, with nothing changed, when there are no more.
 */
typedef struct {
    bool (*more)(void *ctx, size_t keep, KfText *src);
    void *ctx;
    char names[2][KF_XML_NAMES]; /**< of the open elements whose bytes are gone */
    unsigned used;               /**< which of the two */
} KfXmlStream;

/**
 * A reader and its current token. Offsets count from the first byte of src
 * (a byte order mark included).
 * One run of text can come in several TEXT tokens: comments, processing
 * instructions and CDATA sections cut it.
 */
typedef struct {
    KfText src;
    size_t pos; /**< where the next token begins */

    KfXmlKind kind;
    size_t start, end;   /**< the whole token: "<" to behind ">", or the text's bytes;
                              the END of a self-closing tag: both the tag's end */
    KfText prefix, name; /**< START, END: "x" and "c" of <x:c> */
    KfText text;         /**< TEXT: as it stands, not decoded (CDATA: without its frame) */
    bool self_closing;   /**< START, and the END behind it */
    bool is_cdata;
    size_t depth; /**< open elements, counting that of a START or END token itself */

    KfText root_prefix; /**< of the root element */
    size_t attrs_at;    /**< START: offset behind the element's name */

    const char *reason; /**< BAD: short Danish text, else NULL */
    size_t bad_at;      /**< BAD: offset */

    KfXmlStream *stream; /**< NULL: src is all there is */
    size_t pin;          /**< bytes from here on are kept, or SIZE_MAX */
    bool moved;          /**< set when src was moved: offsets from before hold no longer */
    uint64_t dropped;    /**< bytes that stood in front of src */
    size_t token_at;     /**< where the token that was tried last begins */

    bool end_due; /**< the END of a self-closing tag comes next */
    bool root_seen;
    size_t open_count;
    KfText open[KF_XML_DEPTH]; /**< qualified names of the open elements */
} KfXml;

/** An attribute of a START token. */
typedef struct {
    KfText prefix, name;
    KfText value;      /**< as it stands between the quotes, not decoded */
    size_t start, end; /**< offsets: name to behind the closing quote */
    size_t value_at;   /**< offset of the value's first byte */
} KfXmlAttr;

/** Begin at the first byte. src is borrowed. */
void kf_xml_init(KfXml *xml, KfText src);
/**
 * Begin with the first bytes of a part, of which stream gives more. A token and its
 * texts hold until the next one, offsets as long as moved is not set.
 */
void kf_xml_init_stream(KfXml *xml, KfText src, KfXmlStream *stream);
/** Move to the next token and return its kind. */
KfXmlKind kf_xml_next(KfXml *xml);
/**
 * Skip to the END of the START that is the current token; false when bad.
 * Afterwards the current token is that END.
 */
bool kf_xml_skip(KfXml *xml);
/** Whether the current START or END is this element, in the root's own namespace prefix. */
bool kf_xml_is(const KfXml *xml, KfText name);
/** Whether the element is mc:AlternateContent, whose mc:Fallback stands for it. */
bool kf_xml_is_alternate(const KfXml *xml);

/** The attribute at *pos (begin with xml->attrs_at) of the current START; false behind the last. */
bool kf_xml_attr_next(const KfXml *xml, size_t *pos, KfXmlAttr *attr);
/** Find an attribute without prefix; false when it is not there. */
bool kf_xml_attr_find(const KfXml *xml, KfText name, KfXmlAttr *attr);
/** Value of an attribute without prefix, not decoded; empty when it is not there. */
KfText kf_xml_attr(const KfXml *xml, KfText name);
/** "1", "true" and "on" of a boolean attribute. */
bool kf_xml_true(KfText value);
/** Decimal digits as a number; false when there are other bytes, none, or too many. */
bool kf_xml_uint(KfText value, uint32_t *out);

/** Append raw with entities and numeric references resolved and line ends as \n. */
void kf_xml_decode(KfBuf *out, KfText raw);
/** Append the current TEXT token, decoded. */
void kf_xml_decode_token(KfBuf *out, const KfXml *xml);
/** Resolve the escapes of spreadsheet strings (_x000D_ is a CR) in buf from byte from on. */
void kf_xml_unescape(KfBuf *buf, size_t from);

/** Fill err with SHEET_UNREADABLE, part and "XML-fejl ved byte N: why". */
KfStatus kf_xml_fail(const KfXml *xml, KfText part, KfError *err);
/**
 * Turn a part that is UTF-16 (by its first bytes) or declares a Latin-1 encoding
 * into UTF-8, its declaration with it. Whether anything changed; see part->bad.
 */
bool kf_xml_to_utf8(KfBuf *part);
/** Whether a part that begins so would be turned into UTF-8. */
bool kf_xml_is_foreign(KfText head);

#endif
