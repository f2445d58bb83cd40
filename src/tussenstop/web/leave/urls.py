from django.urls import path

from tussenstop.web.leave import credit, overview, views

urlpatterns = [
    path("routes/<uuid:route_id>/leave/", views.leave, name="leave"),
    path("routes/<uuid:route_id>/leave/<int:year>/", views.facts, name="leave_facts"),
    path("routes/<uuid:route_id>/leave/credit/", credit.add, name="leave_credit"),
    path(
        "routes/<uuid:route_id>/leave/credit/<uuid:credit_id>/back/",
        credit.back,
        name="leave_credit_back",
    ),
    path("leave/<uuid:leave_id>/take/", views.take, name="leave_take"),
    path("leave/<uuid:leave_id>/given/", views.given, name="leave_given"),
    path("leave/<uuid:leave_id>/overview.pdf", overview.paper, name="leave_pdf"),
    path("leave/taken/<uuid:taken_id>/back/", views.take_back, name="leave_take_back"),
]
