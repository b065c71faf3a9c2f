/* Which group each wage form belongs to, and what a case costs there. */
#include "reconcile/against.h"
#include "reconcile/group.h"
#include "reconcile/sums.h"

#include "correct/phrase.h"

/* ---- whose form ----------------------------------------------------------------- */

static bool is_named(const KfReconciliation *all, const KfGroup *group, KfText name)
{
    return all->group_by == KF_GROUP_MUNICIPALITY ? kf_same_municipality(group->name, name)
                                                  : kf_text_eq(group->name, name);
}

/* A form that names no municipality is that of the cases in its file, or of the only group. */
static KfGroup *group_of(KfReconciliation *all, size_t file, const KfWageDigest *form)
{
    KfText name = kf_group_of_file(all, file, form->municipality);

    if (!name.len && all->files[file].case_count)
        name = kf_group_name(all, file, 0);
    for (size_t i = 0; i < all->group_count; i++) {
        if (is_named(all, &all->groups[i], name))
            return &all->groups[i];
    }
    return !name.len && all->group_count == 1 ? &all->groups[0] : NULL;
}

static const KfWageDigest *form_of(const KfReconciliation *all, const KfWageSource *source)
{
    return &all->files[source->file].wages[source->item];
}

/* The same form may lie in the workbook of each case. */
static bool is_known(const KfReconciliation *all, const KfGroup *group, const KfWageDigest *form)
{
    for (size_t i = 0; i < group->wage_count; i++) {
        const KfWageDigest *other = form_of(all, &group->wages[i]);

        if (other->cases == form->cases && other->net[KF_TYPED] == form->net[KF_TYPED]
            && other->per_case[KF_TYPED] == form->per_case[KF_TYPED])
            return true;
    }
    return false;
}

static void add_source(KfArena *arena, KfWageSource **list, size_t *count, KfWageSource source)
{
    KfWageSource *longer = kf_arena_array(arena, *count + 1, sizeof *longer);

    for (size_t i = 0; i < *count; i++)
        longer[i] = (*list)[i];
    longer[(*count)++] = source;
    *list = longer;
}

static void take_form(KfArena *arena, KfReconciliation *all, KfWageSource source)
{
    const KfWageDigest *form = form_of(all, &source);
    KfGroup *group = group_of(all, source.file, form);

    if (!group)
        add_source(arena, &all->unused_wages, &all->unused_wage_count, source);
    else if (!is_known(all, group, form))
        add_source(arena, &group->wages, &group->wage_count, source);
}

/* ---- costs ------------------------------------------------------------------------ */

/* Of several forms all net costs by all cases; a form without them leaves it unknown. */
static KfOere cost_of_forms(const KfReconciliation *all, const KfGroup *group, KfView view)
{
    KfOere net = 0;
    int64_t cases = 0;

    if (group->wage_count == 1)
        return form_of(all, &group->wages[0])->per_case[view];
    for (size_t i = 0; i < group->wage_count; i++) {
        const KfWageDigest *form = form_of(all, &group->wages[i]);

        net = form->cases ? kf_sum_plus(net, form->net[view]) : KF_NOT_STATED;
        cases += form->cases;
    }
    return kf_sum_share(net, (size_t)cases);
}

static KfOere mean_cost(const KfReconciliation *all, KfView view)
{
    KfOere sum = 0;

    for (size_t i = 0; i < all->group_count; i++) {
        const KfGroup *group = &all->groups[i];

        sum = group->case_cost[view] == KF_NOT_STATED
                  ? KF_NOT_STATED
                  : kf_sum_plus(sum, group->case_cost[view] * (KfOere)group->citizens);
    }
    return kf_sum_share(sum, all->all.citizens);
}

static void take_forms(KfArena *arena, KfReconciliation *all)
{
    for (size_t i = 0; i < all->file_count; i++) {
        const KfFileDigest *file = &all->files[i];
        bool counts = file->use == KF_FILE_USED || file->use == KF_FILE_WAGES;

        for (size_t k = 0; counts && k < file->wage_count; k++)
            take_form(arena, all, (KfWageSource){ i, k });
    }
}

void kf_find_costs(KfArena *arena, KfReconciliation *all, KfOere given)
{
    if (given == KF_NOT_STATED)
        take_forms(arena, all);
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        for (size_t i = 0; i < all->group_count; i++)
            all->groups[i].case_cost[view] =
                given != KF_NOT_STATED ? given : cost_of_forms(all, &all->groups[i], (KfView)view);
        all->all.case_cost[view] = given != KF_NOT_STATED ? given : mean_cost(all, (KfView)view);
    }
}
