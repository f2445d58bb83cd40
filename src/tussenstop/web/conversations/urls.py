from django.urls import path

from tussenstop.web.conversations import lists, noting, page, points, words

urlpatterns = [
    path("conversations/note/", lists.which, name="conversation_which"),
    path("routes/<uuid:route_id>/conversations/", lists.show, name="conversations"),
    path("routes/<uuid:route_id>/conversations/note/", noting.note, name="conversation_note"),
    path("conversations/<uuid:conversation_id>/", page.show, name="conversation"),
    path("conversations/<uuid:conversation_id>/words/", words.own, name="conversation_words"),
    path("conversations/<uuid:conversation_id>/common/", words.common, name="conversation_common"),
    path("conversations/<uuid:conversation_id>/held/", page.held, name="conversation_held"),
    path("conversations/<uuid:conversation_id>/points/", points.add, name="conversation_point_add"),
    path("conversations/points/<uuid:point_id>/", points.mark, name="conversation_point"),
]
