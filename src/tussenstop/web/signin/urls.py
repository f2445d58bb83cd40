from django.urls import path

from tussenstop.web.signin import views

urlpatterns = [
    path("demo/", views.demo_sign_in, name="demo_sign_in"),
    path("sign-in/<str:code>/", views.code_from_mail, name="code_from_mail"),
]
