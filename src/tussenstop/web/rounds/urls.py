from django.urls import path

from tussenstop.web.rounds import deciding, leading, members, taking_part

urlpatterns = [
    path("institutions/<uuid:institution_id>/rounds/", leading.rounds, name="rounds"),
    path("institutions/<uuid:institution_id>/rounds/open/", leading.open_round, name="round_open"),
    path("rounds/<uuid:round_id>/", leading.show, name="round"),
    path("rounds/<uuid:round_id>/change/", leading.change, name="round_change"),
    path("rounds/<uuid:round_id>/cancel/", leading.cancel, name="round_cancel"),
    path("rounds/<uuid:round_id>/students/", members.students, name="round_students"),
    path("rounds/<uuid:round_id>/students/<uuid:row_id>/", members.student, name="round_student"),
    path(
        "rounds/<uuid:round_id>/students/<uuid:row_id>/put/",
        members.put_student,
        name="round_student_put",
    ),
    path(
        "rounds/<uuid:round_id>/students/<uuid:row_id>/together/",
        members.together,
        name="round_together",
    ),
    path("rounds/<uuid:round_id>/places/", members.places, name="round_places"),
    path("rounds/<uuid:round_id>/places/<uuid:row_id>/", members.place, name="round_place"),
    path("rounds/<uuid:round_id>/rehearse/", deciding.rehearse, name="rehearse"),
    path("rounds/<uuid:round_id>/rehearsals/<int:number>/", deciding.rehearsal, name="rehearsal"),
    path(
        "rounds/<uuid:round_id>/rehearsals/<int:number>/publish/",
        deciding.publish,
        name="rehearsal_publish",
    ),
    path(
        "rounds/<uuid:round_id>/rehearsals/<int:number>/result.csv",
        deciding.export,
        {"kind": "csv"},
        name="rehearsal_csv",
    ),
    path(
        "rounds/<uuid:round_id>/rehearsals/<int:number>/result.xlsx",
        deciding.export,
        {"kind": "xlsx"},
        name="rehearsal_xlsx",
    ),
    path("routes/<uuid:route_id>/rounds/<uuid:round_id>/", taking_part.own, name="own_round"),
    path(
        "routes/<uuid:route_id>/rounds/<uuid:round_id>/leave/",
        taking_part.leave,
        name="own_round_leave",
    ),
    path(
        "organisations/<uuid:organisation_id>/rounds/<uuid:round_id>/",
        taking_part.organisation,
        name="organisation_round",
    ),
    path("matches/<uuid:match_id>/", taking_part.match, name="match"),
    path("matches/<uuid:match_id>/answer/", taking_part.answer, name="match_answer"),
]
