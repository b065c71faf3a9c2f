/* Build tool: turns data files into a C source with their bytes.
 *     embed OUT.c FILE... */
#include <stdio.h>

static const char *base_name(const char *path)
{
    const char *name = path;

    for (; *path; path++) {
        if (*path == '/' || *path == '\\')
            name = path + 1;
    }
    return name;
}

static int write_bytes(FILE *out, const char *path, int index, unsigned long *size)
{
    FILE *in = fopen(path, "rb");
    int byte, failed;

    if (!in)
        return -1;
    *size = 0;
    fprintf(out, "static const unsigned char bytes_%d[] = {", index);
    while ((byte = getc(in)) != EOF)
        fprintf(out, "%s%d,", (*size)++ % 20 ? "" : "\n    ", byte);
    fprintf(out, "\n    0 };\n\n");
    failed = ferror(in);
    fclose(in);
    return failed ? -1 : 0;
}

static int write_files(FILE *out, char **paths, int count)
{
    unsigned long sizes[16];

    fprintf(out, "#include \"rules/rules_data.h\"\n\n");
    for (int i = 0; i < count; i++) {
        if (write_bytes(out, paths[i], i, &sizes[i])) {
            perror(paths[i]);
            return -1;
        }
    }
    fprintf(out, "const KfRulesFile kf_rules_files[] = {\n");
    for (int i = 0; i < count; i++)
        fprintf(out, "    { \"%s\", bytes_%d, %lu },\n", base_name(paths[i]), i, sizes[i]);
    fprintf(out, "};\n");
    return 0;
}

int main(int argc, char **argv)
{
    FILE *out;
    int status;

    if (argc < 3 || argc > 18) {
        fprintf(stderr, "usage: embed OUT.c FILE...\n");
        return 2;
    }
    out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 2;
    }
    status = write_files(out, argv + 2, argc - 2);
    if (fclose(out) != 0)
        status = -1;
    return status ? 2 : 0;
}
