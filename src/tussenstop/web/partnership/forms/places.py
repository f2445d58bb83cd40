"""Institutions and organisations: how they present themselves, and who coordinates them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tussenstop.people.actions import Invited
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm, text_area, website


class InvitedForm(forms.Form):
    """Somebody to invite by name and address."""

    person_name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        widget=forms.RadioSelect,
    )

    def invited(self) -> Invited:
        data = self.cleaned_data
        return Invited(data["email"], data["person_name"], data["language"])


class InstitutionFields(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        required=False,
        help_text=_("How people call it, if that is shorter."),
    )
    about = forms.CharField(label=_("About"), max_length=4000, required=False, widget=text_area())
    website = website()
    contact_email = forms.EmailField(
        label=_("Contact address"),
        required=False,
        help_text=_("An address that people may write to; everybody here sees it."),
    )

    def values(self) -> dict[str, Any]:
        names = ("name", "short_name", "about", "website", "contact_email")
        return {name: self.cleaned_data[name] for name in names}


class InstitutionForm(InstitutionFields, VersionForm):
    pass


class AddInstitutionForm(InvitedForm, InstitutionFields, KeyForm):
    field_order = ("name", "short_name", "about", "website", "contact_email")


class OrganisationFields(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    sector = forms.CharField(
        label=_("Sector"),
        max_length=120,
        required=False,
        help_text=_("For instance: care for the elderly, childcare, retail."),
    )
    about = forms.CharField(
        label=_("About"),
        max_length=4000,
        required=False,
        widget=text_area(),
        help_text=_("What do you do, for whom, and what can somebody learn with you?"),
    )
    website = website()

    def values(self) -> dict[str, Any]:
        return {n: self.cleaned_data[n] for n in ("name", "sector", "about", "website")}


class OrganisationForm(OrganisationFields, VersionForm):
    pass


class AddOrganisationForm(InvitedForm, OrganisationFields, KeyForm):
    field_order = ("name", "sector", "about", "website")
