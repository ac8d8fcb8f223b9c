"""An instance that is set up wrongly does not start, and says which setting to mend."""

from pathlib import Path

import pytest

from youthsafe.config import Config, ConfigError

GOOD = {"YOUTHSAFE_DATABASE_URL": "sqlite:////srv/db", "YOUTHSAFE_SECRET": bytes(range(32)).hex()}


def test_a_complete_environment_starts_in_production() -> None:
    config = Config.from_environment(GOOD)
    assert config.server_secret == bytes(range(32))
    assert not config.demo
    assert config.secure_cookies


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"YOUTHSAFE_DATABASE_URL": ""}, "YOUTHSAFE_DATABASE_URL"),
        ({"YOUTHSAFE_SECRET": ""}, "YOUTHSAFE_SECRET"),
        ({"YOUTHSAFE_SECRET": "short"}, "YOUTHSAFE_SECRET"),
        ({"YOUTHSAFE_SECRET": "00" * 32}, "YOUTHSAFE_SECRET"),
        ({"YOUTHSAFE_SECRET_FILE": "/nowhere/secret"}, "YOUTHSAFE_SECRET_FILE"),
        ({"YOUTHSAFE_DEMO": "yes"}, "YOUTHSAFE_DEMO"),
        ({"YOUTHSAFE_CONTENT": "/nowhere"}, "YOUTHSAFE_CONTENT"),
        ({"YOUTHSAFE_TRUSTED_PROXIES": "-1"}, "YOUTHSAFE_TRUSTED_PROXIES"),
        ({"YOUTHSAFE_PROCESSES": "4"}, "REDIS_URL"),
        ({"YOUTHSAFE_KEEP_CLOSED_DAYS": "0"}, "YOUTHSAFE_KEEP_CLOSED_DAYS"),
        ({"YOUTHSAFE_KEEP_UNCLAIMED_DAYS": "a year"}, "YOUTHSAFE_KEEP_UNCLAIMED_DAYS"),
    ],
)
def test_a_missing_or_weak_setting_is_named(change: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        Config.from_environment(GOOD | change)


def test_the_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("ab0123456789cdef" * 4 + "\n")
    without = {name: value for name, value in GOOD.items() if name != "YOUTHSAFE_SECRET"}
    assert (
        Config.from_environment(without | {"YOUTHSAFE_SECRET_FILE": str(file)}).server_secret.hex().startswith("ab01")
    )


def test_a_refusal_never_repeats_the_secret() -> None:
    with pytest.raises(ConfigError) as refusal:
        Config.from_environment(GOOD | {"YOUTHSAFE_SECRET": "almost-a-secret"})
    assert "almost-a-secret" not in str(refusal.value)
