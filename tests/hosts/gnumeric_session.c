/* Opens a workbook in Gnumeric without a screen, carries out commands of the plugin, and
 * saves it: gnumeric_session MODULE INPUT OUTPUT COMMAND... */
#include <command-context-stderr.h>
#include <func.h>
#include <gmodule.h>
#include <gnm-plugin.h>
#include <gnumeric.h>
#include <libgnumeric.h>
#include <workbook-view.h>
#include <workbook.h>

typedef gboolean (*Command)(Workbook *book, const char *key);

static WorkbookView *open_book(const char *path, GOCmdContext *context)
{
    GOIOContext *io = go_io_context_new(context);
    char *uri = go_shell_arg_to_uri(path);
    WorkbookView *view = workbook_view_new_from_uri(uri, NULL, io, NULL);

    g_object_unref(io);
    g_free(uri);
    return view;
}

static Command find_command(const char *module)
{
    GModule *loaded = g_module_open(module, G_MODULE_BIND_LAZY);
    gpointer symbol = NULL;

    if (loaded)
        g_module_symbol(loaded, "kontrafakt_command", &symbol);
    return (Command)symbol;
}

static int run(char **args, GOCmdContext *context)
{
    WorkbookView *view = open_book(args[2], context);
    Command command = find_command(args[1]);
    char *uri = go_shell_arg_to_uri(args[3]);
    GOFileSaver *saver = go_file_saver_for_file_name(uri);

    if (!view || !command || !saver) {
        g_printerr("gnumeric_session: %s\n", !view ? "no workbook" : "no command or saver");
        return 2;
    }
    for (char **key = args + 4; *key; key++)
        g_print("%s %s\n", *key, command(wb_view_get_workbook(view), *key) ? "done" : "not done");
    workbook_view_save_as(view, saver, uri, context);
    g_free(uri);
    return 0;
}

int main(int argc, char **argv)
{
    GOCmdContext *context;
    int status;

    argv = (char **)gnm_pre_parse_init(argc, (const gchar **)argv);
    if (argc < 5)
        return 2;
    gnm_init();
    context = gnm_cmd_context_stderr_new();
    gnm_plugins_init(context);
    gnm_func_load_if_stub(gnm_func_lookup("_xll.kf.version", NULL)); /* loads the plugin */
    status = run(argv, context);
    return status;
}
