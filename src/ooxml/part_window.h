/**
 * @file
 * A part looked at through a window that is moved over it: its bytes are unpacked as
 * they are asked for and forgotten again, so that a large part takes little memory.
 */
#ifndef KF_PART_WINDOW_H
#define KF_PART_WINDOW_H

#include "ooxml/package.h"
#include "ooxml/xml_pull.h"

/** An element or cell longer than this is refused: KF_LIMIT. */
#define KF_WINDOW_LIMIT ((size_t)16 << 20)

typedef struct {
    KfPackage *package;
    size_t entry;
    KfBuf *bytes; /**< working memory */
    bool keeps_all;
    size_t from; /**< keeps_all: the first byte that the window shows */
    KfError *err;
    KfXmlStream stream;
    uint64_t seen; /**< bytes that were unpacked */
    bool is_ended;
    KfStatus status; /**< what went wrong while unpacking; the XML then ends too early */
} KfPartWindow;

/**
 * Begin at the first byte of a part: *head is what the window shows, &window->stream
 * gives the rest. A part that is not UTF-8 is read as a whole and turned into it. keeps_all:
 * nothing is forgotten, bytes hold the whole part in the end.
 */
KfStatus kf_window_open(KfPartWindow *window, KfPackage *package, size_t entry, KfBuf *bytes,
                        bool keeps_all, KfText *head, KfError *err) KF_MUST_USE;

#endif
