/* The commands of the menu, once for every spreadsheet program: they read the open
 * workbook, check or correct it by the core, and write into it through KfDesk. */
#ifndef PLUGIN_COMMANDS_H
#define PLUGIN_COMMANDS_H

#include "functions.h"
#include "kf/edit.h"

typedef enum {
#define KF_COMMAND(id, key, da, en, help_da, help_en) KF_CMD_##id,
#include "commands.def"
#undef KF_COMMAND
    KF_CMD_COUNT
} KfCommand;

/** The command with this key ("kontroller"); false when there is none. */
bool kf_command_read(KfText key, KfCommand *out);
const char *kf_command_title(KfCommand command, KfLang lang);

/** Whether a note in a cell is one of ours, which may be replaced and taken away. */
bool kf_note_is_ours(KfText note);

/** What an open workbook can do. Members return false when they could not. */
typedef struct KfDesk {
    void *ctx;
    KfText title;  /**< of the workbook, as its window shows it */
    bool can_undo; /**< begin() to end() is undone at once */
    size_t (*sheet_count)(void *ctx);
    /** Read sheet number index; to be freed by the caller also when it failed. */
    bool (*read)(void *ctx, size_t index, KfHostSheet *out);
    bool date1904;
    /** Status bar; false when the user wants to stop. An empty text clears it. */
    bool (*progress)(void *ctx, KfText text);
    bool (*ask)(void *ctx, KfText question);
    void (*tell)(void *ctx, KfText message);
    bool (*begin)(void *ctx, KfText title);
    void (*end)(void *ctx);
    /** Write a value, a mark and a note, whichever the edit has. A formula to be kept is
     *  left to the program, which calculates it. */
    bool (*edit)(void *ctx, const KfCellEdit *edit);
    /** How a cell looks, for look_again(): a short text without tabs. */
    bool (*looks)(void *ctx, KfRef cell, KfBuf *out);
    /** Give a cell its looks back and take our note away. */
    bool (*look_again)(void *ctx, KfRef cell, KfText looks);
    /** Add a sheet at the end and show it. In place of a STYLE cell its text is written. */
    bool (*add_sheet)(void *ctx, const KfOutSheet *sheet);
    /** Take out a sheet. */
    bool (*drop_sheet)(void *ctx, size_t index);
    /** The JSON of what was checked, as the command line prints it; NULL: not wanted. */
    void (*report)(void *ctx, KfText json);
} KfDesk;

/** Carry out a command; the user is told what came of it. False when it failed. */
bool kf_command_run(const KfPlugin *plugin, const KfDesk *desk, KfCommand command);

#endif
