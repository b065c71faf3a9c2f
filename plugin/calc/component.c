/* The LibreOffice extension as a component of plain C. It has three kinds of objects:
 * factories, the functions (service _xll.KF, so that files carry _xll.KF.ANDEL, as Excel
 * writes it), and the handler of the menu's commands. */
#include "desk.h"
#include "values.h"

#include <stdlib.h>

#define FUNCTIONS "dk.kontrafakt.Functions"
#define FUNCTIONS_SERVICE "_xll.KF"
#define FUNCTIONS_INTERFACE "dk.kontrafakt.XFunctions"
#define HANDLER "dk.kontrafakt.Handler"
#define HANDLER_SERVICE CSS "frame.ProtocolHandler"
#define PROTOCOL "dk.kontrafakt:"

typedef struct Object Object;

/* What kinds of objects there are, and which members each answers. */
typedef struct {
    const char *name, *service;
    const char *const *interfaces;
    bool (*answer)(Object *self, const rtl_uString *member, void *result, void **args);
} Class;

struct Object {
    uno_Interface as_interface; /* first: the host knows the object by it */
    int references;
    const Class *class;
    const Class *makes;             /* of a factory */
    uno_Interface *frame, *context; /* of a handler */
};

static uno_Interface *create(const Class *class, const Class *makes, uno_Interface *context);

/* ---- what is loaded once --------------------------------------------------- */

static KfPlugin plugin;

static KfLang language(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);

        if (value && *value)
            return strncmp(value, "en", 2) == 0 ? KF_LANG_EN : KF_LANG_DA;
    }
    return KF_LANG_DA;
}

/* Two threads may come at once: the first to be ready is the one that counts. */
static bool load(void)
{
    KfRuleSet *rules = NULL, *none = NULL;

    if (__atomic_load_n(&plugin.rules, __ATOMIC_ACQUIRE))
        return true;
    if (kf_ruleset_create(&rules, NULL) != KF_OK)
        return false;
    plugin.lang = language();
    if (!__atomic_compare_exchange_n(&plugin.rules, &none, rules, false, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE))
        kf_ruleset_destroy(rules);
    return true;
}

/* ---- functions ------------------------------------------------------------- */

static void evaluate(KfFunctionId id, uno_Any *out, void **given)
{
    KfHostValue args[KF_FN_MOST_ARGUMENTS];
    CalcRoom rooms[KF_FN_MOST_ARGUMENTS];
    KfHostResult result;
    size_t count;
    const KfArgument *list = kf_function_arguments(id, &count);

    memset(rooms, 0, sizeof rooms);
    for (size_t i = 0; i < count; i++)
        calc_argument(&args[i], &rooms[i], given[i], list[i].kind);
    kf_function_call(&plugin, id, args, count, &result);
    calc_result(out, &result);
    kf_host_result_free(&result);
    for (size_t i = 0; i < count; i++)
        calc_room_free(&rooms[i]);
}

static bool answer_functions(Object *self, const rtl_uString *member, void *result, void **args)
{
    static const char *const members[] = {
#define KF_FUNCTION(id, da, en) [KF_FN_##id] = FUNCTIONS_INTERFACE "::" #id,
#define KF_ARGUMENT(id, kind, need, name_da, name_en, da, en)
#include "functions.def"
#undef KF_FUNCTION
#undef KF_ARGUMENT
    };

    if (uno_is(member, CSS "lang.XServiceName::getServiceName")) {
        *(rtl_uString **)result = uno_string(kf_text(self->class->service));
        return true;
    }
    for (int id = 0; id < KF_FN_COUNT; id++) {
        if (uno_is(member, members[id])) {
            evaluate((KfFunctionId)id, result, args);
            return true;
        }
    }
    return false;
}

static const char *const functions_interfaces[] = { FUNCTIONS_INTERFACE, CSS "lang.XServiceName",
                                                    CSS "lang.XServiceInfo",
                                                    CSS "lang.XTypeProvider", NULL };
static const Class functions_class = { FUNCTIONS, FUNCTIONS_SERVICE, functions_interfaces,
                                       answer_functions };

/* ---- the menu's commands --------------------------------------------------- */

static void set_frame(Object *self, const uno_Sequence *args)
{
    uno_release(self->frame);
    self->frame = NULL;
    if (args->nElements)
        self->frame =
            uno_any_interface((const uno_Any *)(const void *)args->elements, CSS "frame.XFrame");
}

/* "dk.kontrafakt:ret", or "dk.kontrafakt:ret?stille", which asks and tells nothing. */
static void carry_out(Object *self, const rtl_uString *url)
{
    KfBuf text = { 0 };
    KfText key, quiet;
    size_t mark;
    KfCommand command;

    uno_utf8(&text, url);
    key = kf_text_slice(kf_buf_view(&text), sizeof PROTOCOL - 1, text.len);
    mark = kf_text_find(key, KF_TEXT("?"));
    quiet = kf_text_slice(key, mark, key.len);
    if (self->frame && kf_command_read(kf_text_slice(key, 0, mark), &command))
        calc_command(&plugin, self->context, self->frame, command,
                     kf_text_eq(quiet, KF_TEXT("?stille")));
    kf_buf_free(&text);
}

static bool is_ours(const rtl_uString *protocol)
{
    return uno_is(protocol, PROTOCOL);
}

static void empty_sequence(void *result, const char *type)
{
    UnoType *of = uno_type(typelib_TypeClass_SEQUENCE, type);

    uno_type_sequence_construct(result, of, NULL, 0, NULL);
    typelib_typedescriptionreference_release(of);
}

/* A URL is a struct of strings: complete, main, protocol, ... */
static bool answer_handler(Object *self, const rtl_uString *member, void *result, void **args)
{
    if (uno_is(member, CSS "lang.XInitialization::initialize")) {
        set_frame(self, *(uno_Sequence **)args[0]);
    } else if (uno_is(member, CSS "frame.XDispatchProvider::queryDispatch")) {
        rtl_uString **url = args[0];
        bool ours = is_ours(url[2]);

        if (ours)
            uno_acquire(&self->as_interface);
        *(uno_Interface **)result = ours ? &self->as_interface : NULL;
    } else if (uno_is(member, CSS "frame.XDispatchProvider::queryDispatches")) {
        empty_sequence(result, "[]" CSS "frame.XDispatch");
    } else if (uno_is(member, CSS "frame.XDispatch::dispatch")) {
        carry_out(self, *(rtl_uString **)args[0]);
    } else {
        return uno_is(member, CSS "frame.XDispatch::addStatusListener")
               || uno_is(member, CSS "frame.XDispatch::removeStatusListener");
    }
    return true;
}

static const char *const handler_interfaces[] = {
    CSS "frame.XDispatchProvider", CSS "frame.XDispatch",    CSS "lang.XInitialization",
    CSS "lang.XServiceInfo",       CSS "lang.XTypeProvider", NULL
};
static const Class handler_class = { HANDLER, HANDLER_SERVICE, handler_interfaces, answer_handler };

/* ---- factories ------------------------------------------------------------- */

static bool answer_factory(Object *self, const rtl_uString *member, void *result, void **args)
{
    if (uno_is(member, CSS "lang.XSingleComponentFactory::createInstanceWithContext")) {
        *(uno_Interface **)result = create(self->makes, NULL, *(uno_Interface **)args[0]);
        return true;
    }
    if (uno_is(member, CSS "lang.XSingleComponentFactory::createInstanceWithArgumentsAndContext")) {
        uno_Interface *made = create(self->makes, NULL, *(uno_Interface **)args[1]);

        if (self->makes == &handler_class)
            set_frame((Object *)(void *)made, *(uno_Sequence **)args[0]);
        *(uno_Interface **)result = made;
        return true;
    }
    return false;
}

static const char *const factory_interfaces[] = { CSS "lang.XSingleComponentFactory",
                                                  CSS "lang.XTypeProvider", NULL };
static const Class factory_class = { "", "", factory_interfaces, answer_factory };

/* ---- every object ---------------------------------------------------------- */

static void query_self(Object *self, const UnoType *wanted, void *result)
{
    bool has = uno_is(wanted->pTypeName, CSS "uno.XInterface");

    for (size_t i = 0; self->class->interfaces[i] && !has; i++)
        has = uno_is(wanted->pTypeName, self->class->interfaces[i]);
    if (has) {
        uno_Interface *as_interface = &self->as_interface;

        uno_type_any_construct(result, &as_interface, (UnoType *)(uintptr_t)wanted, NULL);
    } else {
        uno_any_construct(result, NULL, NULL, NULL);
    }
}

static void list_types(const Class *class, void *result)
{
    enum { MOST = 8 };
    UnoType *types[MOST], *of = uno_type(typelib_TypeClass_SEQUENCE, "[]type");
    sal_Int32 count = 0;

    for (; class->interfaces[count]; count++)
        types[count] = uno_type(typelib_TypeClass_INTERFACE, class->interfaces[count]);
    uno_type_sequence_construct(result, of, types, count, NULL);
    while (count--)
        typelib_typedescriptionreference_release(types[count]);
    typelib_typedescriptionreference_release(of);
}

static void list_services(const Class *class, void *result)
{
    UnoType *of = uno_type(typelib_TypeClass_SEQUENCE, "[]string");
    rtl_uString *service = uno_string(kf_text(class->service));

    uno_type_sequence_construct(result, of, &service, 1, NULL);
    rtl_uString_release(service);
    typelib_typedescriptionreference_release(of);
}

static bool answer_any(Object *self, const rtl_uString *member, void *result, void **args)
{
    if (uno_is(member, CSS "uno.XInterface::queryInterface"))
        query_self(self, *(UnoType **)args[0], result);
    else if (uno_is(member, CSS "uno.XInterface::acquire"))
        uno_acquire(&self->as_interface);
    else if (uno_is(member, CSS "uno.XInterface::release"))
        uno_release(&self->as_interface);
    else if (uno_is(member, CSS "lang.XTypeProvider::getTypes"))
        list_types(self->class, result);
    else if (uno_is(member, CSS "lang.XTypeProvider::getImplementationId"))
        empty_sequence(result, "[]byte");
    else if (uno_is(member, CSS "lang.XServiceInfo::getImplementationName"))
        *(rtl_uString **)result = uno_string(kf_text(self->class->name));
    else if (uno_is(member, CSS "lang.XServiceInfo::supportsService"))
        *(sal_Bool *)result = uno_is(*(rtl_uString **)args[0], self->class->service);
    else if (uno_is(member, CSS "lang.XServiceInfo::getSupportedServiceNames"))
        list_services(self->class, result);
    else
        return false;
    return true;
}

static void SAL_CALL dispatch(uno_Interface *self, const typelib_TypeDescription *member,
                              void *result, void *args[], uno_Any **exception)
{
    Object *object = (Object *)(void *)self;
    uno_Any *room = *exception;

    *exception = NULL;
    if (!answer_any(object, member->pTypeName, result, args)
        && !object->class->answer(object, member->pTypeName, result, args))
        uno_throw(exception, room, CSS "uno.RuntimeException", "kontrafakt: no such member", self);
}

static void SAL_CALL acquire(uno_Interface *self)
{
    __atomic_add_fetch(&((Object *)(void *)self)->references, 1, __ATOMIC_SEQ_CST);
}

static void SAL_CALL release(uno_Interface *self)
{
    Object *object = (Object *)(void *)self;

    if (__atomic_sub_fetch(&object->references, 1, __ATOMIC_SEQ_CST) > 0)
        return;
    uno_release(object->frame);
    uno_release(object->context);
    free(object);
}

/* NULL when memory ends: the host then says that the component cannot be made. */
static uno_Interface *create(const Class *class, const Class *makes, uno_Interface *context)
{
    Object *object = calloc(1, sizeof *object);

    if (!object)
        return NULL;
    object->as_interface = (uno_Interface){ acquire, release, dispatch };
    object->references = 1;
    object->class = class;
    object->makes = makes;
    object->context = context;
    uno_acquire(context);
    return &object->as_interface;
}

/* ---- what the host calls --------------------------------------------------- */

#define EXPORT __attribute__((visibility("default")))

EXPORT void component_getImplementationEnvironment(const char **type, uno_Environment **env);
EXPORT void component_getImplementationEnvironment(const char **type, uno_Environment **env)
{
    (void)env;
    *type = "uno";
}

EXPORT void *component_getFactory(const char *name, void *service_manager, void *registry);
EXPORT void *component_getFactory(const char *name, void *service_manager, void *registry)
{
    (void)service_manager;
    (void)registry;
    if (!load())
        return NULL;
    if (strcmp(name, FUNCTIONS) == 0)
        return create(&factory_class, &functions_class, NULL);
    if (strcmp(name, HANDLER) == 0)
        return create(&factory_class, &handler_class, NULL);
    return NULL;
}
