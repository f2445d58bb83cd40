"""The sentences in which the story of the partnership is told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "person.known": _("%(name)s became known here."),
    "person.address_changed": _("The e-mail address of %(name)s changed."),
    "role.given": _("%(who)s gave %(name)s the role of %(role)s (%(where)s)."),
    "role.ended": _("%(who)s ended the role of %(name)s as %(role)s (%(where)s)."),
    "institution.added": _("%(who)s added the institution %(name)s."),
    "institution.edited": _("%(who)s changed the description of %(name)s."),
    "organisation.added": _("%(who)s added the organisation %(name)s."),
    "organisation.edited": _("%(who)s changed what is told of %(name)s."),
    "workplace.added": _("%(who)s added the workplace %(name)s."),
    "workplace.edited": _("%(who)s changed the description of the workplace %(name)s."),
    "workplace.hours": _("%(who)s changed the opening hours of %(name)s."),
    "workplace.closed": _("%(who)s closed the workplace %(name)s for new students."),
    "workplace.reopened": _("%(who)s opened the workplace %(name)s for students again."),
    "photo.added": _("%(who)s added a photo of %(name)s: %(caption)s"),
    "photo.removed": _("%(who)s removed a photo of %(name)s: %(caption)s"),
    "programme.added": _("%(who)s added the programme %(name)s."),
    "programme.edited": _("%(who)s changed the programme %(name)s."),
    "programme.closed": _("%(who)s closed the programme %(name)s for new students."),
    "programme.reopened": _("%(who)s opened the programme %(name)s for students again."),
    "competences.changed": _("%(who)s changed the competences of %(name)s."),
    "template.changed": _("%(who)s changed the route template of %(name)s."),
}
