#include "property.h"

#define PROPERTIES CSS "beans.XPropertySet"

static bool get(uno_Interface *object, const char *name, uno_Any *out)
{
    rtl_uString *string = uno_string(kf_text(name));
    void *args[] = { &string };
    bool done = uno_call_as(object, PROPERTIES, "getPropertyValue", out, args);

    rtl_uString_release(string);
    return done;
}

/* The value is destroyed. */
static bool set(uno_Interface *object, const char *name, uno_Any *value)
{
    rtl_uString *string = uno_string(kf_text(name));
    void *args[] = { &string, value };
    bool done = uno_call_as(object, PROPERTIES, "setPropertyValue", NULL, args);

    rtl_uString_release(string);
    uno_any_destruct(value, NULL);
    return done;
}

sal_Int32 uno_long_property(uno_Interface *object, const char *name, sal_Int32 otherwise)
{
    uno_Any value;

    if (!get(object, name, &value))
        return otherwise;
    if (value.pType->eTypeClass == typelib_TypeClass_LONG)
        otherwise = *(sal_Int32 *)value.pData;
    uno_any_destruct(&value, NULL);
    return otherwise;
}

bool uno_bool_property(uno_Interface *object, const char *name, bool otherwise)
{
    uno_Any value;

    if (!get(object, name, &value))
        return otherwise;
    if (value.pType->eTypeClass == typelib_TypeClass_BOOLEAN)
        otherwise = *(sal_Bool *)value.pData;
    uno_any_destruct(&value, NULL);
    return otherwise;
}

void uno_text_property(KfBuf *out, uno_Interface *object, const char *name)
{
    uno_Any value;

    if (!get(object, name, &value))
        return;
    if (value.pType->eTypeClass == typelib_TypeClass_STRING)
        uno_utf8(out, *(rtl_uString **)value.pData);
    uno_any_destruct(&value, NULL);
}

bool uno_set_long(uno_Interface *object, const char *name, sal_Int32 value)
{
    uno_Any any;

    uno_any_long(&any, value);
    return set(object, name, &any);
}

bool uno_set_bool(uno_Interface *object, const char *name, bool value)
{
    uno_Any any;

    uno_any_bool(&any, value);
    return set(object, name, &any);
}

bool uno_set_float(uno_Interface *object, const char *name, float value)
{
    uno_Any any;

    uno_any_float(&any, value);
    return set(object, name, &any);
}

uno_Interface *uno_at(uno_Interface *container, sal_Int32 index, const char *interface)
{
    void *args[] = { &index };
    uno_Interface *found;
    uno_Any any;

    if (!uno_call_as(container, CSS "container.XIndexAccess", "getByIndex", &any, args))
        return NULL;
    found = uno_any_interface(&any, interface);
    uno_any_destruct(&any, NULL);
    return found;
}

sal_Int32 uno_count(uno_Interface *container)
{
    sal_Int32 count = 0;

    uno_call_as(container, CSS "container.XIndexAccess", "getCount", &count, NULL);
    return count;
}

bool uno_give_text(uno_Interface *object, const char *interface, const char *member, KfText text)
{
    rtl_uString *string = uno_string(text);
    void *args[] = { &string };
    bool done = uno_call_as(object, interface, member, NULL, args);

    rtl_uString_release(string);
    return done;
}

bool uno_take_text(KfBuf *out, uno_Interface *object, const char *interface, const char *member)
{
    rtl_uString *string = NULL;

    if (!uno_call_as(object, interface, member, &string, NULL))
        return false;
    uno_utf8(out, string);
    rtl_uString_release(string);
    return true;
}
