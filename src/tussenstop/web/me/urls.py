from django.urls import path

from tussenstop.web.me import views

urlpatterns = [
    path("me/", views.account, name="account"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
