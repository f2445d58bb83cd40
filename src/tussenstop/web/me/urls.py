from django.urls import path

from tussenstop.web.me import address, views

urlpatterns = [
    path("me/", views.account, name="account"),
    # Instead of the page of the library for signing in at the same address.
    path("account/email/", address.change, name="account_email"),
    path("account/email/code/", address.code, name="address_code"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
