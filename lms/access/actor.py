"""Who is acting in this request: plain values read in one statement, no ORM object on the hot path."""

from dataclasses import dataclass, field
from datetime import datetime

from lms.access.rules import Right, Role, may


@dataclass(frozen=True)
class Grant:
    """A role held today, and where: on a unit, or at a school or centre (`site_id`), or in a team (`team_id`)."""

    role: Role
    unit_id: int | None = None
    site_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True)
class Actor:
    sign_in_key: str
    person_id: int
    name: str
    account_id: int | None = None
    username: str = ""
    canonical_id: int = 0
    """The person through whom evidence is read: the commune's person once linked, else oneself."""
    must_change_password: bool = False
    started_at: datetime | None = None
    grants: tuple[Grant, ...] = ()
    roles: frozenset[Role] = field(default_factory=frozenset)
    host_person_id: int | None = None
    """Set while a host's device is handed over to this learner."""
    kind: str = "password"
    """How one came in: password, hand-over, card (one's own device) or seat (a computer others use too)."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.sign_in_key

    def may(self, right: Right) -> bool:
        return may(self.roles, right)

    def holds(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))

    @property
    def is_handed_over(self) -> bool:
        return Role.HANDED_OVER in self.roles

    @property
    def is_seated(self) -> bool:
        return self.kind == "seat"

    @property
    def given_name(self) -> str:
        return self.name.split(" ")[-1]

    @property
    def initial(self) -> str:
        return self.given_name[:1].upper()

    def unit_ids(self, *roles: Role) -> list[int]:
        """Units on which the actor holds one of the roles (any role when none is named)."""
        return [g.unit_id for g in self.grants if g.unit_id is not None and (not roles or g.role in roles)]

    def site_ids(self, *roles: Role) -> list[int]:
        return [g.site_id for g in self.grants if g.site_id is not None and (not roles or g.role in roles)]

    def team_ids(self) -> list[int]:
        return [g.team_id for g in self.grants if g.team_id is not None]
