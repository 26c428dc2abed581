"""The rows of the first table: whole verifications, each with what it has to reach."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ceiling import Ceiling
from clients import GO_CLIENT, HALLMARK, REFERENCE, Clients
from measure import Row
from models import GIBIBYTE, KIBIBYTE, MEBIBYTE, Model, size_text, uniform
from targets import Target

OF_CEILING = 0.85
SETTLED_AFTER = 5  # seconds until the digest cache keeps files that were written


@dataclass(frozen=True)
class Case:
    """`ceiling` is in seconds; None where neither hashing nor reading decides."""

    title: str
    row: Row
    target: Target
    ceiling: float | None = None
    is_scaled: bool = True


def make_cases(work: Path, clients: Clients, ceiling: Ceiling, scale: float) -> Iterator[Case]:
    """One after the other, as each needs its files made, signed and in the page cache."""
    tiny = uniform(work / "tiny", 3, KIBIBYTE)
    yield _case(clients, tiny, Target(80, seconds=0.004), is_scaled=False)
    small = uniform(work / "small-files", _scaled(20_000, scale), 4 * KIBIBYTE)
    yield _case(clients, small, Target(35, seconds=0.14))
    for count, size, ratio in ((8, 512, 2.2), (32, 128, 2.2), (1, 4096, 1.25)):
        length = _scaled(size * MEBIBYTE, scale)
        model = uniform(work / f"{count}-large", count, length)
        seconds = ceiling.seconds(count, length)
        yield _case(clients, model, Target(ratio, ceiling=OF_CEILING), seconds)
    yield _shards_case(work, clients, ceiling, scale)
    yield _cache_case(work, clients, 50, round(10e9 * scale / 50), 0.010)
    yield _cache_case(work, clients, _scaled(10_000, scale), 1_000_000, 0.030)


def _scaled(number: int, scale: float) -> int:
    return max(1, round(number * scale))


def _case(
    clients: Clients,
    model: Model,
    target: Target,
    ceiling: float | None = None,
    is_scaled: bool = True,
) -> Case:
    """All verify the same signature."""
    signature = _sign(clients, model)
    commands = {
        column: clients.verify(column, model.folder, signature) for column in clients.columns
    }
    return Case(model.title, Row(commands, model.files), target, ceiling, is_scaled)


def _shards_case(work: Path, clients: Clients, ceiling: Ceiling, scale: float) -> Case:
    """The others verify the same file signed as a whole: that is their default."""
    size, shard = _scaled(4 * GIBIBYTE, scale), _scaled(64 * MEBIBYTE, scale)
    model = uniform(work / "1-large", 1, size)
    whole = _sign(clients, model)
    in_shards = work / "1-large-in-shards.sig"
    clients.run(clients.sign(HALLMARK, model.folder, in_shards, "--shard-size", str(shard)))
    commands = {column: clients.verify(column, model.folder, whole) for column in clients.columns}
    commands[HALLMARK] = clients.verify(HALLMARK, model.folder, in_shards)
    return Case(
        f"{size_text(size)} in shards of {size_text(shard)}, others whole",
        Row(commands, model.files),
        Target(4, ceiling=OF_CEILING),
        ceiling.seconds(-(-size // shard), shard),
    )


def _cache_case(work: Path, clients: Clients, count: int, size: int, seconds: float) -> Case:
    """Nothing has changed since the last verification, which the digest cache knows."""
    model = uniform(work / f"unchanged-{count}", count, size, sparse=True)
    signature = _sign(clients, model)
    written = max(path.stat().st_ctime for path in model.files)
    time.sleep(max(0.0, min(SETTLED_AFTER, written + SETTLED_AFTER - time.time())))
    commands = {
        column: clients.verify(column, model.folder, signature)
        for column in clients.columns
        if column != GO_CLIENT
    }
    commands[HALLMARK] = clients.verify(HALLMARK, model.folder, signature, "--cache")
    clients.run(commands[HALLMARK])
    title = f"{count:,} files, {model.size / 1e9:g} GB, unchanged, `--cache`"
    return Case(title, Row(commands, model.files), Target(seconds=seconds))


def _sign(clients: Clients, model: Model) -> Path:
    model.make()
    signature = model.folder.with_suffix(".sig")
    clients.run(clients.sign(HALLMARK, model.folder, signature))
    return signature


def commands_of_family(clients: Clients, model: Model) -> Iterator[tuple[str, Row]]:
    """What is done to a model of the second table: both sign it, both verify one signature."""
    signature = _sign(clients, model)
    both = (HALLMARK, REFERENCE)
    written = {column: signature.with_name(f"{model.folder.name}-{column}.sig") for column in both}
    yield "sign", Row({c: clients.sign(c, model.folder, written[c]) for c in both}, model.files)
    yield "verify", Row({c: clients.verify(c, model.folder, signature) for c in both}, model.files)
