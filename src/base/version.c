/* The version stands in meson.build and nowhere else. */
#include "kf/base.h"

const char *kf_version(void)
{
    return KF_VERSION;
}
