from django.urls import path

from tussenstop.web.calendars import views

urlpatterns = [
    path("calendar/", views.week, name="calendar"),
    path("calendar/add/", views.add, name="calendar_add"),
    path("calendar/limit/", views.set_limit, name="calendar_limit"),
    path("calendar/<uuid:commitment_id>/", views.change, name="commitment"),
    path("calendar/<uuid:commitment_id>/day/", views.leave_out, name="commitment_day"),
    path("calendar/<uuid:commitment_id>/move/<slug:day>/", views.move, name="commitment_move"),
    path("calendar/<uuid:commitment_id>/remove/", views.remove, name="commitment_remove"),
]
