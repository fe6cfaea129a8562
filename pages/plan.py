"""管控方案: what is allowed this year, by which regime, and what would a change do?"""

from datetime import date

from answers.class_year import ClassYear, class_year
from answers.plan_preview import PlanPreview, preview
from ui.forecast_quality import forecast_section, forecast_table
from ui.heading import screen_title
from ui.plan_form import save, wanted_plan
from ui.plan_outlook import in_force, show_change, show_outlook
from ui.presentation import show_steps
from ui.since_last_week import fill_changes, place_for_changes
from ui.states import empty_state
from ui.view import current_view

view = current_view()
say = view.say


def page(answer: ClassYear) -> None:
    """Show the plan, what another one would do, and how good its forecast is."""
    in_force(view, answer)
    if view.scope.may_change:
        wanted = wanted_plan(view, answer)
        found = preview(view.store, view.scope, answer, wanted.budget, wanted.target_fcr, view.as_of)
        show_outlook(view, found, wanted)
        show_change(view, answer, found)
        save(view, wanted)
    forecast_section(view, answer, forecast_day(answer))


def steps(answer: ClassYear) -> None:
    """Show one thing at a time on the shared screen; nothing is changed there."""
    plan = answer.plan

    def found() -> PlanPreview:
        return preview(view.store, view.scope, answer, plan.budget, plan.target_fcr, view.as_of)

    show_steps(
        view,
        [
            (say("Plan in force"), lambda: in_force(view, answer)),
            (say("Is that realistic?"), lambda: show_outlook(view, found(), plan)),
            (say("How good is this forecast?"), lambda: forecast_table(view, answer, forecast_day(answer))),
        ],
    )


def forecast_day(answer: ClassYear) -> date:
    return min(view.as_of, date(answer.year - 1, 12, 31))


shown = (
    class_year(view.store, view.scope, view.complaint_class, view.year, view.as_of) if view.complaint_class else None
)
if not view.present:
    screen_title(say("What is allowed, and is that realistic?"))
changed = place_for_changes(view)
if shown is None:
    changed.empty()
    empty_state(
        view,
        say("There are no customers of this class in this year or the one before."),
        say("Choose another class or year, or bring in a ticket export on the data screen."),
        None,
    )
elif view.present:
    steps(shown)
else:
    page(shown)
    fill_changes(view, changed)
