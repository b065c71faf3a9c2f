/* The container: whatever its index says, parts come out whole and verified, or not at all. */
#include "fuzz.h"
#include "ooxml/package.h"

enum { MOST_PARTS = 40 };

static void read_twice(KfPackage *package, size_t index)
{
    KfBuf first = { 0 }, second = { 0 };
    KfStatus status = kf_package_inflate(package, index, &first, NULL);

    EXPECT(kf_package_inflate(package, index, &second, NULL) == status);
    if (status == KF_OK)
        EXPECT(kf_text_eq(kf_buf_view(&first), kf_buf_view(&second)));
    kf_buf_free(&first);
    kf_buf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    KfPackage package;
    KfError err;

    if (kf_package_open(&package, fuzz_text(bytes, len), &err) == KF_OK) {
        for (size_t i = 0; i < package.entry_count && i < MOST_PARTS; i++) {
            size_t found = kf_package_find(&package, package.entries[i].name);

            EXPECT(found < package.entry_count && found <= i);
            read_twice(&package, i);
        }
        EXPECT(package.inflated <= kf_limit_bytes(package.limits, KF_BOUND_INFLATED_MB));
    }
    kf_package_close(&package);
    return 0;
}
