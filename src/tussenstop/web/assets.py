"""Static files with a digest in their name, so that browsers may keep them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Unknown files fail while collecting, not while a person waits for a page."""

    manifest_strict = False
