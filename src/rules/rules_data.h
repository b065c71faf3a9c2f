/**
 * @file
 * The rule files as they were compiled in.
 */
#ifndef KF_RULES_DATA_H
#define KF_RULES_DATA_H

#include <stddef.h>

typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t len;
} KfRulesFile;

/** In the order of src/rules/meson.build. */
enum { KF_FILE_RULES, KF_FILE_NAMES, KF_FILE_RATES, KF_FILE_COUNT };

extern const KfRulesFile kf_rules_files[];

#endif
