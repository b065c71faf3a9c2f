/* The Gnumeric plugin: what functions.def and commands.def list, registered. Files
 * carry the names that Excel writes (_xll.KF.ANDEL), so those are the functions' names. */
#include "desk.h"
#include "values.h"

#include <gnm-plugin.h>

GNM_PLUGIN_MODULE_HEADER;

static KfPlugin plugin;

static GnmValue *evaluate(KfFunctionId id, GnmFuncEvalInfo *info, const GnmValue *const *given)
{
    KfHostValue args[KF_FN_MOST_ARGUMENTS];
    KfHostSheet sheets[KF_FN_MOST_ARGUMENTS] = { { .hidden = false } };
    KfHostResult result;
    GnmValue *value;
    size_t count;
    const KfArgument *list = kf_function_arguments(id, &count);

    for (size_t i = 0; i < count; i++)
        gnumeric_argument(&args[i], &sheets[i], given[i], info->pos, list[i].kind);
    kf_function_call(&plugin, id, args, count, &result);
    value = gnumeric_result(&result, info->pos);
    kf_host_result_free(&result);
    for (size_t i = 0; i < count; i++)
        kf_host_sheet_free(&sheets[i]);
    return value;
}

#define KF_ARGUMENT(id, kind, need, name_da, name_en, da, en)
#define KF_FUNCTION(id, da, en)                                                                    \
    static GnmValue *call_##id(GnmFuncEvalInfo *info, const GnmValue *const *args)                 \
    {                                                                                              \
        return evaluate(KF_FN_##id, info, args);                                                   \
    }
#include "functions.def"
#undef KF_FUNCTION

/* ---- the list ------------------------------------------------------------- */

enum { MOST_HELP = KF_FN_MOST_ARGUMENTS + 3 };

static GnmFuncHelp help[KF_FN_COUNT][MOST_HELP];
static char specs[KF_FN_COUNT][KF_FN_MOST_ARGUMENTS + 2];

#define KF_FUNCTION(id, da, en)                                                                    \
    [KF_FN_##id] = { NULL,                                                                         \
                     specs[KF_FN_##id],                                                            \
                     help[KF_FN_##id],                                                             \
                     call_##id,                                                                    \
                     NULL,                                                                         \
                     GNM_FUNC_SIMPLE,                                                              \
                     GNM_FUNC_IMPL_STATUS_COMPLETE,                                                \
                     GNM_FUNC_TEST_STATUS_BASIC },
G_MODULE_EXPORT GnmFuncDescriptor kontrafakt_functions[KF_FN_COUNT + 1] = {
#include "functions.def"
    [KF_FN_COUNT] = { NULL, NULL, NULL, NULL, NULL, 0, 0, 0 }
};
#undef KF_FUNCTION
#undef KF_ARGUMENT

static void describe(KfFunctionId id)
{
    const KfFunction *function = kf_function(id);
    size_t count, at = 0, spec = 0;
    const KfArgument *args = kf_function_arguments(id, &count);

    help[id][at++] =
        (GnmFuncHelp){ GNM_FUNC_HELP_NAME,
                       g_strdup_printf("%s:%s", function->name, function->help[plugin.lang]) };
    for (size_t i = 0; i < count; i++) {
        help[id][at++] =
            (GnmFuncHelp){ GNM_FUNC_HELP_ARG, g_strdup_printf("%s:%s", args[i].name[plugin.lang],
                                                              args[i].help[plugin.lang]) };
        if (args[i].is_optional && (i == 0 || !args[i - 1].is_optional))
            specs[id][spec++] = '|';
        specs[id][spec++] = args[i].kind == KF_ARGUMENT_RANGE ? 'A' : '?';
    }
    help[id][at] = (GnmFuncHelp){ GNM_FUNC_HELP_END, NULL };
    kontrafakt_functions[id].name = g_ascii_strdown(g_strconcat("_xll.", function->name, NULL), -1);
}

/* ---- the menu --------------------------------------------------------------- */

#define KF_COMMAND(id, key, da, en, help_da, help_en)                                              \
    static void command_##id(const GnmAction *action, WorkbookControl *control)                    \
    {                                                                                              \
        (void)action;                                                                              \
        gnumeric_command(&plugin, wb_control_get_workbook(control), control, KF_CMD_##id);         \
    }
#include "commands.def"
#undef KF_COMMAND

G_MODULE_EXPORT GnmModulePluginUIActions const kontrafakt_menu_ui_actions[] = { { "Kontrafakt",
                                                                                  NULL },
#define KF_COMMAND(id, key, da, en, help_da, help_en) { "Kontrafakt" #id, command_##id },
#include "commands.def"
#undef KF_COMMAND
                                                                                { NULL, NULL } };

/* Without a window: for programs that drive the plugin, such as its tests. */
G_MODULE_EXPORT gboolean kontrafakt_command(Workbook *book, const char *key);
G_MODULE_EXPORT gboolean kontrafakt_command(Workbook *book, const char *key)
{
    KfCommand command;

    return kf_command_read(kf_text(key), &command)
           && gnumeric_command(&plugin, book, NULL, command);
}

static KfLang language(void)
{
    const gchar *const *names = g_get_language_names();

    for (size_t i = 0; names[i]; i++) {
        if (g_str_has_prefix(names[i], "da") || strcmp(names[i], "C") == 0)
            return KF_LANG_DA;
        if (g_str_has_prefix(names[i], "en"))
            return KF_LANG_EN;
    }
    return KF_LANG_DA;
}

G_MODULE_EXPORT void go_plugin_init(GOPlugin *self, GOCmdContext *context)
{
    (void)self;
    (void)context;
    plugin.lang = language();
    if (!plugin.rules && kf_ruleset_create(&plugin.rules, NULL) != KF_OK)
        g_warning("Kontrafakt: the rules could not be loaded");
    for (int id = 0; id < KF_FN_COUNT && !kontrafakt_functions[id].name; id++)
        describe((KfFunctionId)id);
}

G_MODULE_EXPORT void go_plugin_shutdown(GOPlugin *self, GOCmdContext *context)
{
    (void)self;
    (void)context;
    kf_ruleset_destroy(plugin.rules);
    plugin.rules = NULL;
}
