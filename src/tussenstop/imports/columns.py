"""The columns we know, and the words by which people call them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tussenstop.imports.rules import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """A column we know. `words` are other ways to call it, `or_else` are the columns that
    together can take its place."""

    key: str
    label: Promise
    example: Promise | str
    words: tuple[str, ...] = ()
    required: bool = False
    or_else: tuple[str, ...] = ()
    hint: Promise | str = ""


_EMAIL_WORDS = (
    "e-mail",
    "email",
    "mail",
    "mailadres",
    "e-mailadres",
    "emailadres",
    "e-mail address",
    "email address",
    "adres e-mail",
    "studentenmail",
    "student e-mail",
    "student email",
    "e-mail student",
    "e-mail van de student",
    "e-mail address of the student",
)
_WORKPLACE_WORDS = (
    "werkplek",
    "workplace",
    "werkplaats",
    "team",
    "afdeling",
    "dienst",
    "vestiging",
)
_ORGANISATION_WORDS = (
    "organisatie",
    "organisation",
    "organization",
    "bedrijf",
    "onderneming",
    "werkgever",
    "employer",
    "company",
    "leerbedrijf",
    "naam organisatie",
)
_FIRST_DAY_WORDS = (
    "eerste dag",
    "first day",
    "van",
    "vanaf",
    "from",
    "begin",
    "start",
    "startdatum",
    "begindatum",
    "start date",
    "starts on",
)
_LAST_DAY_WORDS = (
    "laatste dag",
    "last day",
    "tot",
    "tot en met",
    "t/m",
    "until",
    "einde",
    "einddatum",
    "end date",
    "ends on",
)
_PROGRAMME_WORDS = (
    "opleiding",
    "programme",
    "program",
    "richting",
    "studierichting",
    "opleidingscode",
    "code opleiding",
    "cursus",
    "traject",
)
_TITLE_WORDS = (
    "plaats",
    "naam van de plaats",
    "titel",
    "title",
    "title of the place",
    "place",
    "stageplaats",
    "leerplek",
    "leerplaats",
    "aanbod",
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    Kind.STUDENTS: (
        Column(
            "name",
            _("Name"),
            "Yasmina El Amrani",
            (
                "naam",
                "volledige naam",
                "full name",
                "student",
                "naam student",
                "naam van de student",
                "student name",
                "cursist",
                "leerling",
            ),
            required=True,
            or_else=("first_name", "last_name"),
            hint=_("Or choose first name and last name below."),
        ),
        Column(
            "first_name", _("First name"), "", ("voornaam", "roepnaam", "first name", "given name")
        ),
        Column(
            "last_name",
            _("Last name"),
            "",
            ("achternaam", "familienaam", "last name", "surname", "family name"),
        ),
        Column("email", _("E-mail"), "yasmina@example.org", _EMAIL_WORDS, required=True),
        Column(
            "programme",
            _("Programme"),
            _("Name or code of a programme of yours"),
            _PROGRAMME_WORDS,
            required=True,
            hint=_("By its name or its code."),
        ),
        Column(
            "context",
            _("Context"),
            _("workplace student"),
            ("context", "statuut", "soort student", "type"),
            hint=_("Workplace student, possible colleague, or own employee. Empty: the first."),
        ),
        Column(
            "teacher",
            _("E-mail of the teacher"),
            "",
            (
                "docent",
                "teacher",
                "e-mail docent",
                "e-mail van de docent",
                "mail docent",
                "teacher e-mail",
                "leerkracht",
                "begeleider",
                "e-mail leerkracht",
                "trajectbegeleider",
            ),
            hint=_("Somebody who is a teacher at your institution."),
        ),
        Column(
            "organisation",
            _("Organisation"),
            "",
            _ORGANISATION_WORDS,
            hint=_("For an own employee: their employer."),
        ),
        Column(
            "workplace",
            _("Workplace"),
            "",
            _WORKPLACE_WORDS,
            hint=_("For an own employee: where they learn."),
        ),
        Column(
            "first_day",
            _("First day"),
            "",
            _FIRST_DAY_WORDS,
            hint=_("For an own employee: the first day of learning there."),
        ),
        Column(
            "last_day",
            _("Last day"),
            "",
            _LAST_DAY_WORDS,
            hint=_("Empty: after the usual length of the programme."),
        ),
    ),
    Kind.PLACES: (
        Column(
            "organisation",
            _("Organisation"),
            _("Name of an organisation of the partnership"),
            _ORGANISATION_WORDS,
            required=True,
        ),
        Column(
            "workplace",
            _("Workplace"),
            _("Name of a workplace of theirs"),
            _WORKPLACE_WORDS,
            required=True,
        ),
        Column(
            "title",
            _("Title of the place"),
            _("Learning to care in a small team"),
            (*_TITLE_WORDS, "naam", "name"),
            required=True,
        ),
        Column(
            "programmes",
            _("Programmes"),
            _("Name or code of a programme of yours"),
            (*_PROGRAMME_WORDS, "opleidingen", "programmes", "voor opleiding", "voor opleidingen"),
            required=True,
            hint=_("By name or code, with a comma or a slash between them."),
        ),
        Column("first_day", _("First day"), "1/2/2027", _FIRST_DAY_WORDS, required=True),
        Column("last_day", _("Last day"), "30/6/2027", _LAST_DAY_WORDS, required=True),
        Column(
            "days",
            _("Days"),
            _("Mon Tue Thu"),
            ("dagen", "days", "weekdagen", "weekdays", "dagen van de week", "lesvrije dagen"),
            required=True,
        ),
        Column(
            "hours",
            _("Hours a week"),
            "16",
            (
                "uren",
                "uren per week",
                "hours",
                "hours a week",
                "hours per week",
                "aantal uren",
                "u week",
            ),
            required=True,
        ),
        Column(
            "seats",
            _("How many students"),
            "2",
            (
                "aantal",
                "aantal plaatsen",
                "aantal studenten",
                "hoeveel studenten",
                "seats",
                "number",
                "number of students",
                "capaciteit",
                "capacity",
            ),
            required=True,
        ),
        Column(
            "lowest",
            _("At least"),
            "",
            ("minstens", "minimum", "at least", "min", "minimaal", "minimum aantal"),
            hint=_("Only if there are at least so many students."),
        ),
        Column(
            "languages",
            _("Languages"),
            _("Dutch, French"),
            ("talen", "taal", "languages", "language", "talen op het werk"),
        ),
        Column(
            "tasks",
            _("Tasks"),
            _("Breakfast with the residents | An activity of your own"),
            ("taken", "tasks", "leertaken", "wat je er doet"),
            hint=_("With | between them, or each on a line of its own."),
        ),
        Column(
            "story",
            _("A normal Tuesday"),
            _("We start with coffee. Then everybody picks up their own residents."),
            (
                "verhaal",
                "story",
                "een gewone dinsdag",
                "omschrijving",
                "beschrijving",
                "description",
            ),
        ),
        Column(
            "practical",
            _("Practical"),
            _("The bus stops at the door."),
            ("praktisch", "practical", "praktische info", "bereikbaarheid"),
        ),
    ),
    Kind.WISHES: (
        Column(
            "email",
            _("E-mail of the student"),
            "yasmina@example.org",
            (*_EMAIL_WORDS, "student"),
            required=True,
        ),
        Column(
            "title",
            _("Title of the place"),
            _("Learning to care in a small team"),
            (*_TITLE_WORDS, "keuze", "wens", "favoriet", "wish", "favourite", "naam", "name"),
            required=True,
        ),
        Column(
            "organisation",
            _("Organisation"),
            "",
            _ORGANISATION_WORDS,
            hint=_("Only needed when several places have the same title."),
        ),
        Column(
            "workplace",
            _("Workplace"),
            "",
            _WORKPLACE_WORDS,
            hint=_("Only needed when several places have the same title."),
        ),
        Column(
            "order",
            _("Order"),
            "1",
            (
                "volgorde",
                "order",
                "voorkeur",
                "rang",
                "rangorde",
                "rank",
                "nummer",
                "nr",
                "prioriteit",
                "priority",
            ),
            hint=_("1 is the dearest. The same number twice: equally dear."),
        ),
    ),
}


def columns_of(kind: str) -> tuple[Column, ...]:
    return COLUMNS[kind]
