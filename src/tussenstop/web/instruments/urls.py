from django.urls import path

from tussenstop.web.instruments import views

urlpatterns = [
    path("institutions/<uuid:institution_id>/questionnaires/", views.show, name="instruments"),
    path(
        "institutions/<uuid:institution_id>/questionnaires/add/", views.add, name="instrument_add"
    ),
    path("questionnaires/<uuid:instrument_id>/", views.instrument, name="instrument"),
    path("questionnaires/<uuid:instrument_id>/edit/", views.edit, name="instrument_edit"),
    path("questionnaires/<uuid:instrument_id>/use/", views.use, name="instrument_use"),
    path(
        "questionnaires/<uuid:instrument_id>/withdraw/", views.withdraw, name="instrument_withdraw"
    ),
    path(
        "questionnaires/<uuid:instrument_id>/version/", views.new_version, name="instrument_version"
    ),
    path("questionnaires/<uuid:instrument_id>/delete/", views.delete, name="instrument_delete"),
]
