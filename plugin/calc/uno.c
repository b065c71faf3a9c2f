#include "uno.h"

rtl_uString *uno_string(KfText utf8)
{
    rtl_uString *string = NULL;

    if (utf8.len > INT32_MAX)
        utf8.len = INT32_MAX;
    rtl_string2UString(&string, utf8.ptr ? utf8.ptr : "", (sal_Int32)utf8.len,
                       RTL_TEXTENCODING_UTF8, OSTRING_TO_OUSTRING_CVTFLAGS);
    return string;
}

void uno_utf8(KfBuf *out, const rtl_uString *string)
{
    for (sal_Int32 i = 0; i < string->length; i++) {
        int32_t rune = string->buffer[i];

        if (rune >= 0xD800 && rune < 0xDC00 && i + 1 < string->length
            && string->buffer[i + 1] >= 0xDC00 && string->buffer[i + 1] < 0xE000)
            rune = 0x10000 + ((rune - 0xD800) << 10) + (string->buffer[++i] - 0xDC00);
        kf_buf_rune(out, rune >= 0xD800 && rune < 0xE000 ? 0xFFFD : rune);
    }
}

bool uno_is(const rtl_uString *string, const char *ascii)
{
    sal_Int32 i = 0;

    while (i < string->length && ascii[i] && string->buffer[i] == (unsigned char)ascii[i])
        i++;
    if (ascii[i])
        return false;
    return i == string->length
           || (i + 1 < string->length && string->buffer[i] == ':' && string->buffer[i + 1] == '@');
}

UnoType *uno_type(typelib_TypeClass kind, const char *name)
{
    rtl_uString *string = uno_string(kf_text(name));
    UnoType *type = NULL;

    typelib_typedescriptionreference_new(&type, kind, string);
    rtl_uString_release(string);
    return type;
}

void uno_acquire(uno_Interface *object)
{
    if (object)
        object->acquire(object);
}

void uno_release(uno_Interface *object)
{
    if (object)
        object->release(object);
}

bool uno_call(uno_Interface *object, const char *member, void *result, void **args)
{
    typelib_TypeDescription *description = NULL;
    rtl_uString *name;
    uno_Any room, *exception = &room;

    if (!object)
        return false;
    name = uno_string(kf_text(member));
    typelib_typedescription_getByName(&description, name);
    rtl_uString_release(name);
    if (!description)
        return false;
    object->pDispatcher(object, description, result, args, &exception);
    typelib_typedescription_release(description);
    if (exception)
        uno_any_destruct(exception, NULL);
    return !exception;
}

uno_Interface *uno_any_interface(const uno_Any *any, const char *interface)
{
    if (any->pType->eTypeClass != typelib_TypeClass_INTERFACE)
        return NULL;
    return uno_query(*(uno_Interface **)any->pData, interface);
}

uno_Interface *uno_query(uno_Interface *object, const char *interface)
{
    UnoType *type = uno_type(typelib_TypeClass_INTERFACE, interface);
    void *args[] = { &type };
    uno_Interface *found = NULL;
    uno_Any any;

    if (uno_call(object, CSS "uno.XInterface::queryInterface", &any, args)) {
        if (any.pType->eTypeClass == typelib_TypeClass_INTERFACE) {
            found = *(uno_Interface **)any.pData;
            uno_acquire(found);
        }
        uno_any_destruct(&any, NULL);
    }
    typelib_typedescriptionreference_release(type);
    return found;
}

bool uno_call_as(uno_Interface *object, const char *interface, const char *member, void *result,
                 void **args)
{
    uno_Interface *as = object ? uno_query(object, interface) : NULL;
    KfBuf name = { 0 };
    bool done;

    kf_buf_str(&name, interface);
    kf_buf_str(&name, "::");
    kf_buf_str(&name, member);
    kf_buf_char(&name, '\0');
    done = !name.bad && uno_call(as, name.ptr, result, args);
    kf_buf_free(&name);
    uno_release(as);
    return done;
}

uno_Interface *uno_get(uno_Interface *object, const char *interface, const char *member,
                       void **args)
{
    uno_Interface *result = NULL;

    return uno_call_as(object, interface, member, &result, args) ? result : NULL;
}

void uno_any_text(uno_Any *out, KfText text)
{
    UnoType *type = uno_type(typelib_TypeClass_STRING, "string");
    rtl_uString *string = uno_string(text);

    uno_type_any_construct(out, &string, type, NULL);
    rtl_uString_release(string);
    typelib_typedescriptionreference_release(type);
}

static void any_plain(uno_Any *out, void *value, typelib_TypeClass kind, const char *name)
{
    UnoType *type = uno_type(kind, name);

    uno_type_any_construct(out, value, type, NULL);
    typelib_typedescriptionreference_release(type);
}

void uno_any_number(uno_Any *out, double number)
{
    any_plain(out, &number, typelib_TypeClass_DOUBLE, "double");
}

void uno_any_long(uno_Any *out, sal_Int32 number)
{
    any_plain(out, &number, typelib_TypeClass_LONG, "long");
}

void uno_any_bool(uno_Any *out, bool truth)
{
    sal_Bool value = truth;

    any_plain(out, &value, typelib_TypeClass_BOOLEAN, "boolean");
}

void uno_any_float(uno_Any *out, float number)
{
    any_plain(out, &number, typelib_TypeClass_FLOAT, "float");
}

void uno_sequence_free(uno_Sequence *sequence, const char *type)
{
    UnoType *of;

    if (!sequence)
        return;
    of = uno_type(typelib_TypeClass_SEQUENCE, type);
    uno_type_destructData(&sequence, of, NULL);
    typelib_typedescriptionreference_release(of);
}

/* Exceptions begin with Message and Context; room for what more they may have. */
void uno_throw(uno_Any **exception, uno_Any *room, const char *type, const char *message,
               uno_Interface *self)
{
    struct {
        rtl_uString *message;
        uno_Interface *context;
        sal_Int16 position;
    } thrown;
    UnoType *of = uno_type(typelib_TypeClass_EXCEPTION, type);

    memset(&thrown, 0, sizeof thrown);
    thrown.message = uno_string(kf_text(message));
    thrown.context = self;
    *exception = room;
    uno_type_any_construct(room, &thrown, of, NULL);
    rtl_uString_release(thrown.message);
    typelib_typedescriptionreference_release(of);
}
