from django.urls import path

from tussenstop.web.starting import start, workplace

urlpatterns = [
    path("start/", start.start, name="route_start"),
    path("routes/<uuid:route_id>/workplace/", workplace.choose, name="route_workplace"),
    path(
        "routes/<uuid:route_id>/workplace/<uuid:placement_id>/leave/",
        workplace.leave,
        name="route_workplace_leave",
    ),
]
