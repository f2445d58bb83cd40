from django.urls import path

from tussenstop.web.policies import holiday_views, views

urlpatterns = [
    path("institutions/<uuid:institution_id>/rules/", views.policies, name="policies"),
    path(
        "institutions/<uuid:institution_id>/holidays/<int:year>/",
        holiday_views.holidays,
        name="holidays",
    ),
    path(
        "institutions/<uuid:institution_id>/holidays/<int:year>/own/",
        holiday_views.own,
        name="holidays_own",
    ),
    path(
        "institutions/<uuid:institution_id>/holidays/<int:year>/usual/",
        holiday_views.usual,
        name="holidays_usual",
    ),
    path(
        "institutions/<uuid:institution_id>/holidays/<int:year>/add/",
        holiday_views.add,
        name="holiday_add",
    ),
    path(
        "institutions/<uuid:institution_id>/holiday/<uuid:holiday_id>/remove/",
        holiday_views.remove,
        name="holiday_remove",
    ),
    path("institutions/<uuid:institution_id>/rules/<str:code>/", views.policy, name="policy"),
    path(
        "institutions/<uuid:institution_id>/rules/<str:code>/withdraw/",
        views.withdraw,
        name="policy_withdraw",
    ),
]
