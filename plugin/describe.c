/* Writes what each spreadsheet program wants to be told of the functions and commands:
 * describe KIND OUTPUT. A tool of the build; the lists themselves are the .def files. */
#include "functions.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *id, *key, *title[KF_LANG_COUNT], *help[KF_LANG_COUNT];
} commands[] = {
#define KF_COMMAND(id, key, da, en, help_da, help_en)                                              \
    { #id, key, { da, en }, { help_da, help_en } },
#include "commands.def"
#undef KF_COMMAND
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const char *const lang_codes[KF_LANG_COUNT] = { "da", "en-US" };

static void lower(FILE *out, const char *text)
{
    for (; *text; text++)
        fputc(*text >= 'A' && *text <= 'Z' ? *text + 32 : *text, out);
}

/* ---- Gnumeric -------------------------------------------------------------- */

static void gnumeric_plugin(FILE *out)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plugin id=\"Kontrafakt\">\n"
          "  <information>\n    <name>Kontrafakt</name>\n"
          "    <description>Checks counterfactual case tables.</description>\n"
          "    <description xml:lang=\"da\">Kontrollerer kontrafaktiske sagstabeller."
          "</description>\n  </information>\n"
          "  <loader type=\"Gnumeric_Builtin:module\">\n"
          "    <attribute name=\"module_file\" value=\"kontrafakt\"/>\n  </loader>\n  <services>\n"
          "    <service type=\"function_group\" id=\"kontrafakt\">\n"
          "      <category>" KF_PLUGIN_TITLE "</category>\n      <functions>\n",
          out);
    for (int id = 0; id < KF_FN_COUNT; id++) {
        fputs("        <function name=\"_xll.", out);
        lower(out, kf_function((KfFunctionId)id)->name);
        fputs("\"/>\n", out);
    }
    fputs("      </functions>\n    </service>\n"
          "    <service type=\"ui\" id=\"kontrafakt_menu\" file=\"ui.xml\">\n      <actions>\n"
          "        <action name=\"Kontrafakt\" always_available=\"true\"><label>" KF_PLUGIN_TITLE
          "</label></action>\n",
          out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out,
                "        <action name=\"Kontrafakt%s\" always_available=\"true\">"
                "<label>%s</label><label xml:lang=\"en\">%s</label></action>\n",
                commands[i].id, commands[i].title[KF_LANG_DA], commands[i].title[KF_LANG_EN]);
    fputs("      </actions>\n    </service>\n  </services>\n</plugin>\n", out);
}

static void gnumeric_ui(FILE *out)
{
    fputs("<ui>\n  <menubar>\n    <menu name=\"Tools\" action=\"MenuTools\">\n"
          "      <menu name=\"Kontrafakt\" action=\"Kontrafakt\">\n",
          out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "        <menuitem action=\"Kontrafakt%s\"/>\n", commands[i].id);
    fputs("      </menu>\n    </menu>\n  </menubar>\n</ui>\n", out);
}

/* ---- LibreOffice ----------------------------------------------------------- */

static void calc_idl(FILE *out)
{
    fputs("module dk { module kontrafakt {\n  interface XFunctions {\n", out);
    for (int id = 0; id < KF_FN_COUNT; id++) {
        size_t count;
        const KfArgument *args = kf_function_arguments((KfFunctionId)id, &count);

        fprintf(out, "    any %s(", kf_function((KfFunctionId)id)->id);
        for (size_t i = 0; i < count; i++)
            fprintf(out, "%s[in] %s a%zu", i ? ", " : "",
                    args[i].kind == KF_ARGUMENT_RANGE ? "com::sun::star::table::XCellRange" : "any",
                    i + 1);
        fputs(");\n", out);
    }
    fputs("  };\n}; };\n", out);
}

static void xcu_head(FILE *out, const char *package, const char *name)
{
    fprintf(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<oor:component-data xmlns:oor=\"http://openoffice.org/2001/registry\" "
            "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" oor:name=\"%s\" "
            "oor:package=\"org.openoffice.%s\">\n",
            name, package);
}

static void xcu_texts(FILE *out, const char *prop, const char *const texts[KF_LANG_COUNT])
{
    fprintf(out, "<prop oor:name=\"%s\" oor:type=\"xs:string\">", prop);
    for (int lang = 0; lang < KF_LANG_COUNT; lang++)
        fprintf(out, "<value xml:lang=\"%s\">%s</value>", lang_codes[lang], texts[lang]);
    fputs("</prop>\n", out);
}

static void xcu_text(FILE *out, const char *prop, const char *text)
{
    fprintf(out, "<prop oor:name=\"%s\" oor:type=\"xs:string\"><value>%s</value></prop>\n", prop,
            text);
}

static void xcu_node(FILE *out, const char *name)
{
    fprintf(out, "<node oor:name=\"%s\" oor:op=\"replace\">\n", name);
}

static void calc_function(FILE *out, KfFunctionId id)
{
    const KfFunction *function = kf_function(id);
    size_t count;
    const KfArgument *args = kf_function_arguments(id, &count);

    xcu_node(out, function->id);
    xcu_texts(out, "DisplayName", (const char *const[]){ function->name, function->name });
    xcu_texts(out, "Description", function->help);
    xcu_text(out, "Category", "Add-In");
    fprintf(out,
            "<prop oor:name=\"CompatibilityName\"><value xml:lang=\"en-US\">_xll.%s</value>"
            "</prop>\n<node oor:name=\"Parameters\">\n",
            function->name);
    for (size_t i = 0; i < count; i++) {
        char name[32];

        snprintf(name, sizeof name, "a%zu", i + 1);
        xcu_node(out, name);
        xcu_texts(out, "DisplayName", args[i].name);
        xcu_texts(out, "Description", args[i].help);
        fputs("</node>\n", out);
    }
    fputs("</node>\n</node>\n", out);
}

static void calc_functions(FILE *out)
{
    xcu_head(out, "Office", "CalcAddIns");
    fputs("<node oor:name=\"AddInInfo\">\n", out);
    xcu_node(out, "_xll.KF");
    fputs("<node oor:name=\"AddInFunctions\">\n", out);
    for (int id = 0; id < KF_FN_COUNT; id++)
        calc_function(out, (KfFunctionId)id);
    fputs("</node>\n</node>\n</node>\n</oor:component-data>\n", out);
}

#define SPREADSHEET "com.sun.star.sheet.SpreadsheetDocument"

static void calc_items(FILE *out)
{
    for (int i = 0; i < COMMANDS; i++) {
        char text[80];

        snprintf(text, sizeof text, "m%d", i + 1);
        xcu_node(out, text);
        xcu_text(out, "Context", SPREADSHEET);
        snprintf(text, sizeof text, "dk.kontrafakt:%s", commands[i].key);
        xcu_text(out, "URL", text);
        xcu_texts(out, "Title", commands[i].title);
        xcu_text(out, "Target", "_self");
        fputs("</node>\n", out);
    }
}

/* Small and big, for menu and toolbar alike. */
static void calc_images(FILE *out)
{
    fputs("<node oor:name=\"Images\">\n", out);
    for (int i = 0; i < COMMANDS; i++) {
        char text[80];

        snprintf(text, sizeof text, "dk.kontrafakt.image%d", i + 1);
        xcu_node(out, text);
        snprintf(text, sizeof text, "dk.kontrafakt:%s", commands[i].key);
        xcu_text(out, "URL", text);
        fputs("<node oor:name=\"UserDefinedImages\">\n", out);
        snprintf(text, sizeof text, "%%origin%%/icons/%s_16.png", commands[i].key);
        xcu_text(out, "ImageSmallURL", text);
        snprintf(text, sizeof text, "%%origin%%/icons/%s_26.png", commands[i].key);
        xcu_text(out, "ImageBigURL", text);
        fputs("</node>\n</node>\n", out);
    }
    fputs("</node>\n", out);
}

static void calc_menu(FILE *out)
{
    xcu_head(out, "Office", "Addons");
    fputs("<node oor:name=\"AddonUI\">\n<node oor:name=\"OfficeMenuBar\">\n", out);
    xcu_node(out, "dk.kontrafakt.menu");
    xcu_text(out, "Context", SPREADSHEET);
    xcu_texts(out, "Title", (const char *const[]){ KF_PLUGIN_TITLE, KF_PLUGIN_TITLE });
    fputs("<node oor:name=\"Submenu\">\n", out);
    calc_items(out);
    fputs("</node>\n</node>\n</node>\n<node oor:name=\"OfficeToolBar\">\n", out);
    xcu_node(out, "dk.kontrafakt.toolbar");
    calc_items(out);
    fputs("</node>\n</node>\n", out);
    calc_images(out);
    fputs("</node>\n</oor:component-data>\n", out);
}

/* The toolbar's own title; without it the program calls it "Add-On 1". */
static void calc_toolbar(FILE *out)
{
    xcu_head(out, "Office.UI", "CalcWindowState");
    fputs("<node oor:name=\"UIElements\">\n<node oor:name=\"States\">\n", out);
    xcu_node(out, "private:resource/toolbar/addon_dk.kontrafakt.toolbar");
    xcu_texts(out, "UIName", (const char *const[]){ KF_PLUGIN_TITLE, KF_PLUGIN_TITLE });
    fputs("<prop oor:name=\"Docked\" oor:type=\"xs:boolean\"><value>true</value></prop>\n"
          "<prop oor:name=\"DockingArea\" oor:type=\"xs:int\"><value>0</value></prop>\n"
          "<prop oor:name=\"DockPos\" oor:type=\"xs:string\"><value>0,2</value></prop>\n"
          "<prop oor:name=\"Visible\" oor:type=\"xs:boolean\"><value>true</value></prop>\n"
          "</node>\n</node>\n</node>\n</oor:component-data>\n",
          out);
}

/* ---- Excel ------------------------------------------------------------------- */

/* On 32 bits a function takes its operands off the stack itself, so each has just its own. */
static void excel_export(FILE *out, KfFunctionId id)
{
    const char *name = kf_function(id)->id;
    char list[256] = "";
    size_t count;

    kf_function_arguments(id, &count);
    for (size_t i = 0, len = 0; i < count; i++)
        len += (size_t)snprintf(list + len, sizeof list - len, "%sconst XlOper *a%zu",
                                i ? ", " : "", i + 1);
    fprintf(out,
            "EXPORT XlOper *__stdcall kf_xl_%s(%s);\n"
            "XlOper *__stdcall kf_xl_%s(%s)\n{\n    return excel_evaluate(KF_FN_%s, ",
            name, count ? list : "void", name, count ? list : "void", name);
    if (count)
        fputs("(const XlOper *const[]){ ", out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%sa%zu", i ? ", " : "", i + 1);
    fputs(count ? " });\n}\n\n" : "NULL);\n}\n\n", out);
}

static void excel_exports(FILE *out)
{
    fputs("/* What functions.def and commands.def list, as Excel calls it. */\n"
          "#include \"xll.h\"\n\n#define EXPORT __declspec(dllexport)\n\n",
          out);
    for (int id = 0; id < KF_FN_COUNT; id++)
        excel_export(out, (KfFunctionId)id);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out,
                "EXPORT int __stdcall kf_xl_command_%s(void);\n"
                "int __stdcall kf_xl_command_%s(void)\n{\n"
                "    return excel_carry_out(KF_CMD_%s);\n}\n\n",
                commands[i].id, commands[i].id, commands[i].id);
}

static const struct {
    const char *kind;
    void (*write)(FILE *out);
} kinds[] = {
    { "gnumeric-plugin", gnumeric_plugin },
    { "gnumeric-ui", gnumeric_ui },
    { "calc-idl", calc_idl },
    { "calc-functions", calc_functions },
    { "calc-menu", calc_menu },
    { "calc-toolbar", calc_toolbar },
    { "excel-exports", excel_exports },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 3 && i < sizeof kinds / sizeof *kinds; i++) {
        FILE *out;

        if (strcmp(kinds[i].kind, argv[1]) != 0)
            continue;
        out = fopen(argv[2], "wb");
        if (!out)
            break;
        kinds[i].write(out);
        return fclose(out) == 0 ? 0 : 1;
    }
    fputs("usage: describe KIND OUTPUT\n", stderr);
    return 2;
}
