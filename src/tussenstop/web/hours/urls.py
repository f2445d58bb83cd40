from django.urls import path

from tussenstop.web.hours import overviews, views
from tussenstop.web.workers import worker_of

urlpatterns = [
    path("routes/<uuid:route_id>/hours/", views.week, name="hours"),
    path("routes/<uuid:route_id>/hours/add/", views.add, name="hours_add"),
    path("routes/<uuid:route_id>/hours/confirm/", views.confirm, name="hours_confirm"),
    path("routes/<uuid:route_id>/hours/overview.xlsx", overviews.excel, name="hours_excel"),
    path("routes/<uuid:route_id>/hours/overview.pdf", overviews.paper, name="hours_pdf"),
    path("hours-worker.js", worker_of("hours"), name="hours_worker"),
    path("hours/planned/<uuid:block_id>/", views.as_planned, name="hours_planned"),
    path("hours/<uuid:entry_id>/", views.entry, name="hours_entry"),
    path("hours/<uuid:entry_id>/say/", views.say, name="hours_say"),
    path("hours/<uuid:entry_id>/remove/", views.remove, name="hours_remove"),
]
