from django.urls import path

from tussenstop.web.reflection import (
    files,
    growth,
    journal,
    loops,
    own_forms,
    pairs,
    prompts,
    route,
    sharing,
    writing,
)

urlpatterns = [
    path("journal/", journal.home, name="journal"),
    path("journal/write/", writing.new, name="journal_new"),
    path("journal/growth/", growth.show, name="journal_growth"),
    path("journal/reminder/", prompts.reminder, name="journal_reminder"),
    path("journal/questions/", prompts.own, name="journal_prompts"),
    path(
        "journal/questions/<uuid:prompt_id>/remove/", prompts.remove, name="journal_prompt_remove"
    ),
    path("journal/files/<uuid:file_id>/", files.show, name="journal_file"),
    path("journal/files/<uuid:file_id>/remove/", files.remove, name="journal_file_remove"),
    path("journal/<uuid:entry_id>/", journal.entry, name="journal_entry"),
    path("journal/<uuid:entry_id>/write/", writing.write, name="journal_write"),
    path("journal/<uuid:entry_id>/files/", files.add, name="journal_file_add"),
    path("journal/<uuid:entry_id>/share/", sharing.choose, name="journal_share"),
    path("journal/<uuid:entry_id>/stop/", sharing.stop, name="journal_stop_sharing"),
    path("journal/<uuid:entry_id>/say/", sharing.say, name="journal_say"),
    path("journal/<uuid:entry_id>/keep-in-view/", journal.highlight, name="journal_highlight"),
    path("journal/<uuid:entry_id>/delete/", journal.delete, name="journal_delete"),
    path("routes/<uuid:route_id>/reflection/", route.show, name="route_reflection"),
    path("routes/<uuid:route_id>/reflection/question/", prompts.suggest, name="route_suggest"),
    path("routes/<uuid:route_id>/reflection/loop/", loops.begin, name="loop_begin"),
    path("routes/<uuid:route_id>/reflection/together/", pairs.invite, name="two_page_invite"),
    path("loops/<uuid:loop_id>/", loops.show, name="loop"),
    path("loops/<uuid:loop_id>/place/", loops.fill_place, name="loop_place"),
    path("loops/<uuid:loop_id>/before/", loops.show_before, name="loop_show_before"),
    path("loops/<uuid:loop_id>/end/", loops.end, name="loop_end"),
    path("together/<uuid:page_id>/", pairs.show, name="two_page"),
    path("together/<uuid:page_id>/answer/", pairs.answer, name="two_page_answer"),
    path("together/<uuid:page_id>/end/", pairs.end, name="two_page_end"),
    path("together/<uuid:page_id>/<slug:column>/", pairs.write, name="two_page_write"),
    path(
        "partnership/institutions/<uuid:institution_id>/reflection-forms/",
        own_forms.show,
        name="own_forms",
    ),
    path(
        "partnership/institutions/<uuid:institution_id>/reflection-forms/add/",
        own_forms.add,
        name="own_form_add",
    ),
    path("partnership/reflection-forms/<uuid:form_id>/", own_forms.change, name="own_form"),
    path(
        "partnership/reflection-forms/<uuid:form_id>/retire/",
        own_forms.retire,
        name="own_form_retire",
    ),
]
