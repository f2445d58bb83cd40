from django.urls import path

from tussenstop.web.feedback import asking, giving, links, outside, strengths, views

urlpatterns = [
    path("routes/<uuid:route_id>/feedback/", views.overview, name="feedback"),
    path(
        "routes/<uuid:route_id>/feedback/give/<uuid:person_id>/",
        giving.give,
        name="feedback_give",
    ),
    path("routes/<uuid:route_id>/feedback/ask/", asking.ask, name="feedback_ask"),
    path("routes/<uuid:route_id>/feedback/links/", links.overview, name="feedback_links"),
    path("routes/<uuid:route_id>/feedback/links/new/", links.add, name="feedback_link_add"),
    path("routes/<uuid:route_id>/feedback/strengths/", strengths.own, name="strengths"),
    path("routes/<uuid:route_id>/feedback/strengths/show/", strengths.show, name="strength_show"),
    path(
        "routes/<uuid:route_id>/feedback/strengths/<uuid:owner_id>/",
        strengths.shown,
        name="strengths_of",
    ),
    path("feedback/asked/<uuid:asking_id>/", giving.asked, name="feedback_asked"),
    path("feedback/asked/<uuid:asking_id>/not-now/", asking.decline, name="feedback_decline"),
    path("feedback/asked/<uuid:asking_id>/withdraw/", asking.withdraw, name="feedback_withdraw"),
    path("feedback/links/<uuid:invitation_id>/", links.show, name="feedback_link"),
    path("feedback/links/<uuid:invitation_id>/close/", links.close, name="feedback_link_close"),
    path("feedback/<uuid:feedback_id>/", views.show, name="feedback_one"),
    path("feedback/<uuid:feedback_id>/read/", views.read, name="feedback_read"),
    path("feedback/<uuid:feedback_id>/reply/", views.reply, name="feedback_reply"),
    path("feedback/<uuid:feedback_id>/readers/", views.readers, name="feedback_readers"),
    path("feedback/<uuid:feedback_id>/take-back/", giving.take_back, name="feedback_take_back"),
    path("feedback/<uuid:feedback_id>/remove/", views.remove, name="feedback_remove"),
    path("f/<str:token>/", outside.link, name="feedback_outside"),
]
