/* Reading a workbook that was just made once more, part by part. */
#include "book/file.h"

#include "ooxml/xml_pull.h"

static bool is_xml(KfText name)
{
    return kf_text_ends(name, KF_TEXT(".xml")) || kf_text_ends(name, KF_TEXT(".rels"))
           || kf_text_ends(name, KF_TEXT(".vml"));
}

static KfStatus verify_part(KfPackage *package, size_t index, KfBuf *part, KfError *err)
{
    KfText name = kf_package_name(package, index);
    KfStatus status;
    KfXmlKind kind;
    KfXml xml;

    part->len = 0;
    if ((status = kf_package_inflate(package, index, part, err)) != KF_OK || !is_xml(name))
        return status;
    kf_xml_init(&xml, kf_buf_view(part));
    while ((kind = kf_xml_next(&xml)) != KF_XML_EOF) {
        if (kind == KF_XML_BAD)
            return kf_xml_fail(&xml, name, err);
    }
    return KF_OK;
}

KfStatus kf_file_verify(const char *path, KfError *err)
{
    KfPackage package;
    KfBuf part = { 0 };
    KfStatus status = kf_package_open_path(&package, path, err);

    if (status == KF_OK && package.entry_count == 0)
        status = kf_fail(err, KF_ZIP_TRUNCATED, (KfText){ 0 }, KF_TEXT("ingen dele"));
    for (size_t i = 0; status == KF_OK && i < package.entry_count; i++)
        status = verify_part(&package, i, &part, err);
    kf_package_close(&package);
    kf_buf_free(&part);
    return status;
}
