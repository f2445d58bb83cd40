from django.urls import path

from tussenstop.web.routes import history, lists, people, route, sight

urlpatterns = [
    path("routes/", lists.routes, name="route_list"),
    path("routes/<uuid:route_id>/", route.show, name="route"),
    path("routes/<uuid:route_id>/move-on/", route.move_on, name="route_move_on"),
    path("routes/<uuid:route_id>/stop/", route.stop, name="route_stop"),
    path("routes/<uuid:route_id>/history/", history.show, name="route_history"),
    path("routes/<uuid:route_id>/sight/", sight.show, name="route_sight"),
    path("routes/<uuid:route_id>/people/", people.show, name="route_people"),
    path("routes/<uuid:route_id>/people/invite/", people.invite, name="route_invite"),
    path("routes/<uuid:route_id>/people/<uuid:part_id>/end/", people.end, name="route_person_end"),
    path(
        "routes/<uuid:route_id>/people/<uuid:part_id>/again/",
        people.send_again,
        name="route_person_again",
    ),
    path(
        "routes/<uuid:route_id>/people/<uuid:part_id>/successor/",
        people.hand_over,
        name="route_person_successor",
    ),
    path("roles/<uuid:part_id>/", people.answer, name="role_answer"),
]
