/* LibreOffice's binary UNO, as far as the extension needs it: objects are called by the
 * name of a member, with arguments and results as plain C data. What is constructed in
 * host memory is destroyed by whoever holds it, here by the uno_..._free functions. */
#ifndef PLUGIN_CALC_UNO_H
#define PLUGIN_CALC_UNO_H

#include <stdbool.h>
#include <string.h>

/* typedescription.h is written for C++: it names an enum without its keyword, and its
 * inline functions would have external linkage in C. */
#include <typelib/typeclass.h>
typedef typelib_TypeClass _typelib_TypeClass;
#define inline static __inline__
#include <typelib/typedescription.h>
#undef inline
#include <rtl/ustring.h>
#include <uno/any2.h>
#include <uno/data.h>
#include <uno/dispatcher.h>
#include <uno/environment.h>
#include <uno/sequence2.h>

#include "kf/base.h"

typedef typelib_TypeDescriptionReference UnoType;

#define CSS "com.sun.star."

/** A string of the host's; to be freed with rtl_uString_release(). */
rtl_uString *uno_string(KfText utf8);
/** The characters as UTF-8. */
void uno_utf8(KfBuf *out, const rtl_uString *string);
/** Whether the string is ascii, or a member's name that an interface inherited: the name
 *  with ":@" and more behind it. */
bool uno_is(const rtl_uString *string, const char *ascii);

/** To be freed with typelib_typedescriptionreference_release(). */
UnoType *uno_type(typelib_TypeClass kind, const char *name);

/** NULL is accepted by both. */
void uno_acquire(uno_Interface *object);
void uno_release(uno_Interface *object);

/** Call "module.XInterface::member"; false when it threw, or object is NULL. */
bool uno_call(uno_Interface *object, const char *member, void *result, void **args);
/** The object's interface, held; NULL when it has none such. */
uno_Interface *uno_query(uno_Interface *object, const char *interface);
/** The interface in an any, queried for, held; NULL when it is none. */
uno_Interface *uno_any_interface(const uno_Any *any, const char *interface);

/** Call a member of an interface that the object is first queried for. */
bool uno_call_as(uno_Interface *object, const char *interface, const char *member, void *result,
                 void **args);
/** The same for a member that returns an interface: held, or NULL. */
uno_Interface *uno_get(uno_Interface *object, const char *interface, const char *member,
                       void **args);

/** Constructed into raw memory. */
void uno_any_text(uno_Any *out, KfText text);
void uno_any_number(uno_Any *out, double number);
void uno_any_long(uno_Any *out, sal_Int32 number);
void uno_any_bool(uno_Any *out, bool truth);
void uno_any_float(uno_Any *out, float number);

/** Destroy a sequence of a type such as "[][]any". */
void uno_sequence_free(uno_Sequence *sequence, const char *type);

/** Throw from a member: *exception is where the host wants it. */
void uno_throw(uno_Any **exception, uno_Any *room, const char *type, const char *message,
               uno_Interface *self);

#endif
