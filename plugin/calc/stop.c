#include "stop.h"

#include <stdlib.h>

enum { ESCAPE = 1281 };

/* com.sun.star.awt.KeyEvent; each struct that it extends is filled up to whole words. */
typedef struct {
    struct {
        uno_Interface *source;
        sal_Int16 modifiers;
    } input;
    sal_Int16 code;
    sal_Unicode character;
    sal_Int16 function;
} KeyEvent;

/* An XKeyHandler. */
struct CalcStop {
    uno_Interface as_interface; /* first: the host knows the object by it */
    int references;
    bool pressed;
    uno_Interface *toolkit, *window;
};

static void query_self(CalcStop *stop, const UnoType *wanted, void *result)
{
    uno_Interface *as_interface = &stop->as_interface;

    if (uno_is(wanted->pTypeName, CSS "awt.XKeyHandler")
        || uno_is(wanted->pTypeName, CSS "lang.XEventListener")
        || uno_is(wanted->pTypeName, CSS "uno.XInterface"))
        uno_type_any_construct(result, &as_interface, (UnoType *)(uintptr_t)wanted, NULL);
    else
        uno_any_construct(result, NULL, NULL, NULL);
}

static void SAL_CALL dispatch(uno_Interface *self, const typelib_TypeDescription *member,
                              void *result, void *args[], uno_Any **exception)
{
    CalcStop *stop = (CalcStop *)(void *)self;
    const rtl_uString *name = member->pTypeName;

    *exception = NULL;
    if (uno_is(name, CSS "uno.XInterface::queryInterface")) {
        query_self(stop, *(UnoType **)args[0], result);
    } else if (uno_is(name, CSS "uno.XInterface::acquire")) {
        uno_acquire(self);
    } else if (uno_is(name, CSS "uno.XInterface::release")) {
        uno_release(self);
    } else if (uno_is(name, CSS "awt.XKeyHandler::keyPressed")) {
        stop->pressed |= ((const KeyEvent *)args[0])->code == ESCAPE;
        *(sal_Bool *)result = true; /* no one else is to have it */
    } else if (uno_is(name, CSS "awt.XKeyHandler::keyReleased")) {
        *(sal_Bool *)result = true;
    }
}

static void SAL_CALL acquire(uno_Interface *self)
{
    __atomic_add_fetch(&((CalcStop *)(void *)self)->references, 1, __ATOMIC_SEQ_CST);
}

static void SAL_CALL release(uno_Interface *self)
{
    CalcStop *stop = (CalcStop *)(void *)self;

    if (__atomic_sub_fetch(&stop->references, 1, __ATOMIC_SEQ_CST) > 0)
        return;
    uno_release(stop->toolkit);
    uno_release(stop->window);
    free(stop);
}

static void listen(CalcStop *stop, const char *how)
{
    uno_Interface *handler = &stop->as_interface;

    uno_call_as(stop->toolkit, CSS "awt.XExtendedToolkit", how, NULL, (void *[]){ &handler });
}

static void enable(const CalcStop *stop, sal_Bool on)
{
    uno_call_as(stop->window, CSS "awt.XWindow", "setEnable", NULL, (void *[]){ &on });
}

CalcStop *calc_stop_start(uno_Interface *toolkit, uno_Interface *window)
{
    CalcStop *stop = calloc(1, sizeof *stop);

    if (!stop)
        return NULL;
    stop->as_interface = (uno_Interface){ acquire, release, dispatch };
    stop->references = 1;
    stop->toolkit = toolkit;
    stop->window = window;
    uno_acquire(toolkit);
    uno_acquire(window);
    listen(stop, "addKeyHandler");
    enable(stop, false);
    return stop;
}

bool calc_stop_asked(CalcStop *stop)
{
    if (!stop)
        return false;
    uno_call_as(stop->toolkit, CSS "awt.XReschedule", "reschedule", NULL, NULL);
    return stop->pressed;
}

void calc_stop_end(CalcStop *stop)
{
    if (!stop)
        return;
    enable(stop, true);
    listen(stop, "removeKeyHandler");
    uno_release(&stop->as_interface);
}
