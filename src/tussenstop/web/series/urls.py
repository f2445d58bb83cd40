from django.urls import path

from tussenstop.web.series import views

urlpatterns = [
    path("dates/", views.series_list, name="series_list"),
    path("dates/new/", views.new, name="series_new"),
    path("dates/<uuid:series_id>/", views.show, name="series"),
    path("dates/<uuid:series_id>/propose/", views.propose, name="series_propose"),
]
