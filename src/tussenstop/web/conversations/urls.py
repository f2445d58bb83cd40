from django.urls import path

from tussenstop.web.conversations import (
    answering,
    inviting,
    lists,
    mending,
    noting,
    page,
    points,
    preparing,
    words,
)

urlpatterns = [
    path("conversations/note/", lists.which, name="conversation_which"),
    path("routes/<uuid:route_id>/conversations/", lists.show, name="conversations"),
    path("routes/<uuid:route_id>/conversations/note/", noting.note, name="conversation_note"),
    path("routes/<uuid:route_id>/conversations/plan/", inviting.plan, name="conversation_plan"),
    path(
        "routes/<uuid:route_id>/conversations/invite/",
        inviting.invite,
        name="conversation_invite",
    ),
    path("conversations/<uuid:conversation_id>/", page.show, name="conversation"),
    path(
        "conversations/<uuid:conversation_id>/moments/",
        inviting.moments,
        name="conversation_moments",
    ),
    path(
        "conversations/<uuid:conversation_id>/answer/",
        answering.answer,
        name="conversation_answer",
    ),
    path(
        "conversations/<uuid:conversation_id>/choose/",
        answering.choose,
        name="conversation_choose",
    ),
    path(
        "conversations/<uuid:conversation_id>/call-off/",
        answering.call_off,
        name="conversation_call_off",
    ),
    path("conversations/<uuid:conversation_id>/words/", words.own, name="conversation_words"),
    path("conversations/<uuid:conversation_id>/common/", words.common, name="conversation_common"),
    path(
        "conversations/<uuid:conversation_id>/prepare/",
        preparing.prepare,
        name="conversation_prepare",
    ),
    path("conversations/<uuid:conversation_id>/mend/", mending.mend, name="conversation_mend"),
    path("conversations/<uuid:conversation_id>/held/", page.held, name="conversation_held"),
    path("conversations/<uuid:conversation_id>/points/", points.add, name="conversation_point_add"),
    path("conversations/points/<uuid:point_id>/", points.mark, name="conversation_point"),
]
