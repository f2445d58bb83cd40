from django.urls import path

from tussenstop.web.mailbox import views

urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/now/", views.without_waiting, name="mailbox_now"),
    path("mailbox/<uuid:mail_id>/", views.message, name="mailbox_message"),
    path("mailbox/<uuid:mail_id>/letter/", views.letter, name="mailbox_letter"),
]
