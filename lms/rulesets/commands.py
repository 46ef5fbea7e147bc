"""`flask rulesets …`."""

import json
from datetime import datetime
from uuid import uuid4

import click
from flask.cli import AppGroup

from lms import journal
from lms.db import db
from lms.refusals import Refusal
from lms.rulesets import actions, queries
from lms.rulesets.concluding import conclude_all
from lms.rulesets.models import RulesetTrial
from lms.rulesets.rules import Change, overlap_until

commands = AppGroup("rulesets", help="Bộ quy tắc thành thạo: xem thử, cho có hiệu lực.")

WORDS = {
    Change.GAINS: "được thêm thành thạo",
    Change.LOSES: "thôi thành thạo",
    Change.ONE_MORE: "đủ ba chìa, làm lại một chìa là được",
    Change.CLOSER: "có thêm chìa",
    Change.REDO: "có chìa theo quy tắc cũ, hết thời gian song song thì làm lại",
}


@commands.command("activate")
@click.argument("ruleset_id")
@click.option(
    "--from", "on_day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Ngày có hiệu lực, 2026-12-01."
)
@click.option("--dry-run", is_flag=True, help="Chỉ xem thử: ai được thêm, ai phải làm lại. Không đổi gì.")
@click.option("--reason", default="", help="Lý do, ví dụ số và ngày của quyết định.")
@click.option("--signer", "signers", multiple=True, help="Người quyết định; ghi nhiều lần được.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả cho máy đọc.")
def activate(
    ruleset_id: str, on_day: datetime, dry_run: bool, reason: str, signers: tuple[str, ...], as_json: bool
) -> None:
    """Cho một bộ quy tắc có hiệu lực; luôn xem thử trước."""
    try:
        ruleset = actions.check(ruleset_id, on_day.date())
        people = queries.people_with_evidence()
        found = list(queries.changes(ruleset, on_day.date(), people))
        trial = actions.keep_trial(uuid4(), ruleset, on_day.date(), None, len(people), found)
        if not dry_run:
            made = actions.put_in_force(trial, reason, signers)
            journal.note(
                "ruleset-in-force", f"ruleset:{ruleset_id}", on_day=made.on_day.isoformat(), reason=made.reason
            )
        db.session.commit()
        journal.write_lines(db.engine)
    except Refusal as no:
        db.session.rollback()
        raise click.ClickException(no.sentence) from no
    _tell(trial, dry_run, as_json)
    if not dry_run:
        conclude_all()


@commands.command("conclude")
def conclude() -> None:
    """Tính lại cho những người đang chờ bộ quy tắc mới; việc hằng ngày cũng làm."""
    click.echo(f"Đã tính lại cho {conclude_all()} người.")


def _tell(trial: RulesetTrial, is_dry: bool, as_json: bool) -> None:
    counted = queries.counts(trial.id)
    if as_json:
        body = {
            "ruleset": trial.ruleset_id,
            "from": trial.on_day.isoformat(),
            "both_in_force_until": overlap_until(trial.on_day).isoformat(),
            "dry_run": is_dry,
            "looked_at": trial.looked_at,
            "changes": [
                {"unit": one.unit, "skill": one.skill_id, "change": one.change, "people": one.people} for one in counted
            ],
        }
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    click.echo(f"Bộ quy tắc {trial.ruleset_id}, từ {trial.on_day:%d/%m/%Y}; đã xem {trial.looked_at} người.")
    click.echo(f"Bộ quy tắc cũ còn hiệu lực song song đến hết {overlap_until(trial.on_day):%d/%m/%Y}.")
    for one in counted:
        click.echo(f"  {one.unit or 'chưa rõ xã'} · {one.skill_id} · {WORDS[Change(one.change)]}: {one.people} người")
    if not counted:
        click.echo("  Không ai thay đổi.")
    click.echo("Chỉ xem thử, chưa đổi gì." if is_dry else "Đã cho có hiệu lực.")
