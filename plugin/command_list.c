/* commands.def as a table. */
#include "commands.h"

static const struct {
    const char *key, *title[KF_LANG_COUNT];
} commands[] = {
#define KF_COMMAND(id, key, da, en, help_da, help_en) [KF_CMD_##id] = { key, { da, en } },
#include "commands.def"
#undef KF_COMMAND
};

bool kf_command_read(KfText key, KfCommand *out)
{
    for (int i = 0; i < KF_CMD_COUNT; i++) {
        *out = (KfCommand)i;
        if (kf_text_eq(key, kf_text(commands[i].key)))
            return true;
    }
    return false;
}

const char *kf_command_title(KfCommand command, KfLang lang)
{
    return commands[command].title[lang];
}
