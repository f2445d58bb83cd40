from django.urls import path

from tussenstop.web.policies import views

urlpatterns = [
    path("institutions/<uuid:institution_id>/rules/", views.policies, name="policies"),
    path("institutions/<uuid:institution_id>/rules/<str:code>/", views.policy, name="policy"),
    path(
        "institutions/<uuid:institution_id>/rules/<str:code>/withdraw/",
        views.withdraw,
        name="policy_withdraw",
    ),
]
