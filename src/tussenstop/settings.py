"""Every setting of Tussenstop, read from the environment, safe when nothing is set.

Names, meanings and defaults are documented in docs/configuration.md; a test compares the two.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent


def env(name: str, default: str = "") -> str:
    """The value of TUSSENSTOP_<name>, stripped; an empty value counts as not set."""
    return os.environ.get(f"TUSSENSTOP_{name}", "").strip() or default


def env_flag(name: str, *, default: bool = False) -> bool:
    return env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def database_from(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's database settings for a URL (postgresql://user:pw@host:port/name), or embedded."""
    if not url:
        url = f"sqlite:///{data_dir / 'tussenstop.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path)[1:],
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32000;"
                    "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ValueError(f"TUSSENSTOP_DATABASE_URL: unknown kind of database '{parts.scheme}'")


def secret_key_in(data_dir: Path) -> str:
    """The installation's secret: made once, kept in the data folder, readable by its owner only."""
    path = data_dir / "secret-key"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(50)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(key)
        return key


def returns_to(address: str) -> str:
    """The address to which letters come back: +, and the name of the letter, must still fit in."""
    name, _at, domain = address.rpartition("@")
    if address and not (0 < len(name) <= 21 and domain):
        raise ValueError(
            "TUSSENSTOP_MAIL_BOUNCES: give an address such as bounces@example.org, "
            "with at most 21 characters before the @."
        )
    return address


DATA_DIR = Path(env("DATA_DIR", str(Path.home() / ".local/share/tussenstop"))).expanduser()
DEBUG = env_flag("DEBUG")
DEMO = env_flag("DEMO")
BASE_URL = env("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = env("SECRET_KEY") or secret_key_in(DATA_DIR)
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("TRUSTED_ORIGINS", BASE_URL)

DATABASES = {
    "default": database_from(env("DATABASE_URL") or os.environ.get("DATABASE_URL", ""), DATA_DIR)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "tussenstop.web",  # first: its templates stand in front of the libraries'
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "tussenstop.core",
    "tussenstop.people",
    "tussenstop.access",
    "tussenstop.messages",
    "tussenstop.instruments",
    "tussenstop.push",
    "tussenstop.routes",
    "tussenstop.agreements",
    "tussenstop.startposition",
    "tussenstop.reflection",
    "tussenstop.matching",
    "tussenstop.documents",
    "tussenstop.wellbeing",
    "tussenstop.rounds",
    "tussenstop.calendars",
    "tussenstop.policies",
    "tussenstop.feedback",
    "tussenstop.planning",
    "tussenstop.hours",
    "tussenstop.leave",
    "tussenstop.series",
    "tussenstop.routelog",
    "tussenstop.conversations",
    "tussenstop.imports",
    "tussenstop.ops",
]

MIDDLEWARE = [
    "tussenstop.core.requests.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tussenstop.core.requests.KeptByNobodyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tussenstop.web.kept.NothingStaysMiddleware",
    "tussenstop.web.messages.devices.SignsEndMiddleware",
    "tussenstop.web.language.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tussenstop.web.answers.DomainErrorMiddleware",
    "tussenstop.web.looks.LookMiddleware",
    "tussenstop.core.readonly.ReadOnlyGetMiddleware",
]

ROOT_URLCONF = "tussenstop.web.urls"
WSGI_APPLICATION = "tussenstop.ops.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tussenstop.web.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
                "tussenstop.web.templatetags.tussenstop",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# People and sign-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["tussenstop.web.signin.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "tussenstop.web.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PREVENT_ENUMERATION = True
# One address a person: an address that somebody adds, but does not prove, could be another's.
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
# Behind a proxy, limits count each visitor and not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env_flag("BEHIND_PROXY") else 0
ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,5/10m/key",
    "reset_password": "20/m/ip,5/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tussenstop"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://")
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "tussenstop_session"
CSRF_COOKIE_NAME = "tussenstop_csrf"

# Languages and time
LANGUAGE_CODE = "nl"
FORMAT_MODULE_PATH = "tussenstop.formats"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "tussenstop_language"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", "Europe/Brussels")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT), "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "tussenstop.web.assets.Assets",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
UPLOAD_MAX_BYTES = int(env("UPLOAD_MAX_MB", "10")) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Mail: without a server, messages stay readable in the local mailbox of the installation
MAIL_URL = env("MAIL_URL")
DEFAULT_FROM_EMAIL = env("MAIL_FROM", "Tussenstop <tussenstop@localhost>")
MAIL_BOUNCES = returns_to(env("MAIL_BOUNCES"))
MAILBOX = env_flag("MAILBOX", default=DEMO)
EMAIL_BACKEND = "tussenstop.core.mail.QueueBackend"

# Short signs on a device (web push): each person chooses it, on each device
PUSH = env_flag("PUSH", default=True)
PUSH_KEYS = env_list("PUSH_KEYS")
PUSH_HOSTS = env_list(
    "PUSH_HOSTS",
    "fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com",
)

# Jobs
TASKS = {
    "default": {
        "BACKEND": env("JOBS", "django_tasks_db.DatabaseBackend"),
        "QUEUES": ["default", "mail"],
    }
}

# Rules that an installation may set (see docs/configuration.md)
ACCESS_DAYS_AFTER_PLACEMENT = int(env("ACCESS_DAYS_AFTER_PLACEMENT", "60"))
LINK_DAYS = int(env("LINK_DAYS", "90"))
LETTERS = "at_once" if env("LETTERS", "calm") == "at_once" else "calm"
WELLBEING_KEYS = env_list("WELLBEING_KEYS")
WELLBEING_DAYS = int(env("WELLBEING_DAYS", "400"))
WELLBEING_GROUP = max(5, int(env("WELLBEING_GROUP", "10")))
CONTENT_DIR = DATA_DIR / "content"

# Safety
SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = SECURE and env_flag("SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tussenstop.web.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# Logs: lines for people while developing, JSON in production
LOG_JSON = env_flag("LOG_JSON", default=SECURE)
_processors: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
structlog.configure(
    processors=[*_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer()
            if LOG_JSON
            else structlog.dev.ConsoleRenderer(
                # Not what stood in variables: a log is read by more people than a page.
                colors=False,
                exception_formatter=structlog.dev.plain_traceback,
            ),
            "foreign_pre_chain": _processors,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django_tasks": {"level": "WARNING"},
    },
}
