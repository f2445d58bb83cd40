"""Who is signed in, with how many notices they have not read: one read for both."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from tussenstop.messages import queries


class Backend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: Any) -> Any:
        person = queries.person_with_unread(UUID(str(user_id)))
        return person if person and self.user_can_authenticate(person) else None
