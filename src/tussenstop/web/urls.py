"""Every address of the product, area by area."""

from django.urls import include, path

urlpatterns = [
    path("", include("tussenstop.web.home.urls")),
    path("", include("tussenstop.web.me.urls")),
    path("", include("tussenstop.web.signin.urls")),
    path("", include("tussenstop.web.mailbox.urls")),
    path("", include("tussenstop.web.messages.urls")),
    path("", include("tussenstop.web.routes.urls")),
    path("", include("tussenstop.web.starting.urls")),
    path("", include("tussenstop.web.stops.urls")),
    path("", include("tussenstop.web.startposition.urls")),
    path("", include("tussenstop.web.reflection.urls")),
    path("", include("tussenstop.web.places.urls")),
    path("", include("tussenstop.web.documents.urls")),
    path("", include("tussenstop.web.wellbeing.urls")),
    path("", include("tussenstop.web.instruments.urls")),
    path("", include("tussenstop.web.rounds.urls")),
    path("", include("tussenstop.web.calendars.urls")),
    path("", include("tussenstop.web.planning.urls")),
    path("", include("tussenstop.web.hours.urls")),
    path("", include("tussenstop.web.leave.urls")),
    path("", include("tussenstop.web.series.urls")),
    path("", include("tussenstop.web.routelog.urls")),
    path("", include("tussenstop.web.conversations.urls")),
    path("", include("tussenstop.web.policies.urls")),
    path("", include("tussenstop.web.feedback.urls")),
    path("", include("tussenstop.web.imports.urls")),
    path("", include("tussenstop.web.doors.urls")),
    path("", include("tussenstop.web.agreements.urls")),
    path("partnership/", include("tussenstop.web.partnership.urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "tussenstop.web.errors.bad_request"
handler403 = "tussenstop.web.errors.forbidden"
handler404 = "tussenstop.web.errors.not_found"
handler500 = "tussenstop.web.errors.server_error"
