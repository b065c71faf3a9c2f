/**
 * @file
 * Text on its way into an XML part.
 */
#ifndef KF_XML_WRITE_H
#define KF_XML_WRITE_H

#include "kf/base.h"

/**
 * Characters of a cell, note or name (ST_Xstring): what XML cannot carry becomes
 * _xHHHH_, and a text that looks like that is itself escaped. Safe between tags.
 */
void kf_buf_xml_text(KfBuf *out, KfText text);
/** The same for an attribute in double quotes: line breaks and tabs survive. */
void kf_buf_xml_attr(KfBuf *out, KfText text);

#endif
