from django.urls import path

from tussenstop.web.messages import delivery, unsubscribe, views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="notices_read"),
    path("notices/preferences/", views.preferences, name="notice_preferences"),
    path("notices/<uuid:notice_id>/open/", views.open_notice, name="notice_open"),
    path("notices/mail-again/", delivery.mine_again, name="mail_again"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("partnership/mail/", delivery.delivery, name="delivery"),
    path("partnership/mail/<uuid:mail_id>/again/", delivery.again, name="delivery_again"),
]
