/* Properties of UNO objects, and members of the containers. */
#ifndef PLUGIN_CALC_PROPERTY_H
#define PLUGIN_CALC_PROPERTY_H

#include "uno.h"

/** The property's value; otherwise when it cannot be had, or is of another type. */
sal_Int32 uno_long_property(uno_Interface *object, const char *name, sal_Int32 otherwise);
bool uno_bool_property(uno_Interface *object, const char *name, bool otherwise);
void uno_text_property(KfBuf *out, uno_Interface *object, const char *name);
bool uno_set_long(uno_Interface *object, const char *name, sal_Int32 value);
bool uno_set_bool(uno_Interface *object, const char *name, bool value);
bool uno_set_float(uno_Interface *object, const char *name, float value);

/** The index-th object of an XIndexAccess, as interface; NULL when there is none. */
uno_Interface *uno_at(uno_Interface *container, sal_Int32 index, const char *interface);
sal_Int32 uno_count(uno_Interface *container);

/** Call a member that takes one string, or returns one. */
bool uno_give_text(uno_Interface *object, const char *interface, const char *member, KfText text);
bool uno_take_text(KfBuf *out, uno_Interface *object, const char *interface, const char *member);

#endif
