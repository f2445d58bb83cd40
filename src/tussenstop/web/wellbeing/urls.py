from django.urls import path

from tussenstop.web.wellbeing import answering, asking, desk, groups, sharing, views

urlpatterns = [
    path("talk/", views.talk, name="talk"),
    path("me/wellbeing/", views.own, name="wellbeing"),
    path("me/wellbeing/choose/", views.choose, name="wellbeing_choose"),
    path("me/wellbeing/now/", views.check_in, name="wellbeing_check_in"),
    path("me/wellbeing/rhythm/", views.rhythm, name="wellbeing_rhythm"),
    path("me/wellbeing/quiet/", views.quiet, name="wellbeing_quiet"),
    path("me/wellbeing/stop/", views.withdraw, name="wellbeing_withdraw"),
    path("me/wellbeing/<uuid:check_in_id>/", views.moment, name="wellbeing_moment"),
    path("me/wellbeing/<uuid:check_in_id>/remove/", views.remove, name="wellbeing_remove"),
    path("me/wellbeing/share/", sharing.share, name="wellbeing_share"),
    path("me/wellbeing/share/<uuid:share_id>/stop/", sharing.stop, name="wellbeing_share_stop"),
    path(
        "me/wellbeing/questionnaires/<uuid:instrument_id>/",
        answering.fill_in,
        name="wellbeing_fill_in",
    ),
    path(
        "me/wellbeing/questionnaires/<uuid:family>/answers/",
        answering.over_time,
        name="wellbeing_answers",
    ),
    path("me/wellbeing/answers/<uuid:answered_id>/", answering.one, name="wellbeing_answered"),
    path(
        "me/wellbeing/answers/<uuid:answered_id>/remove/",
        answering.remove,
        name="wellbeing_answered_remove",
    ),
    path(
        "me/wellbeing/share/with/<uuid:coach_id>/stop/",
        sharing.stop_all,
        name="wellbeing_share_stop_all",
    ),
    path("me/wellbeing/times/", views.times, name="wellbeing_times"),
    path("me/wellbeing/looks/", sharing.looks, name="wellbeing_looks"),
    path("me/wellbeing/ask/", asking.ask, name="wellbeing_ask"),
    path("me/wellbeing/asked/<uuid:question_id>/", asking.question, name="wellbeing_question"),
    path(
        "me/wellbeing/asked/<uuid:question_id>/close/",
        asking.close,
        name="wellbeing_question_close",
    ),
    path(
        "me/wellbeing/asked/<uuid:question_id>/back/", asking.take_back, name="wellbeing_take_back"
    ),
    path("coach/", desk.desk, name="coach_desk"),
    path("coach/people/<uuid:person_id>/", desk.person, name="coach_person"),
    path("coach/people/<uuid:person_id>/promise/", desk.promise, name="coach_promise"),
    path("coach/people/<uuid:person_id>/note/", desk.note, name="coach_note"),
    path("coach/questions/<uuid:question_id>/answer/", desk.answer, name="coach_answer"),
    path("coach/questions/<uuid:question_id>/close/", desk.close, name="coach_close"),
    path("coach/promises/<uuid:promise_id>/done/", desk.kept, name="coach_kept"),
    path("coach/notes/<uuid:note_id>/", desk.change_note, name="coach_note_change"),
    path("coach/notes/<uuid:note_id>/remove/", desk.remove_note, name="coach_note_remove"),
    path("institutions/<uuid:institution_id>/wellbeing/", groups.groups, name="wellbeing_groups"),
    path("coach/time/<uuid:institution_id>/", desk.answer_time, name="coach_time"),
]
