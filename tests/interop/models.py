"""Shapes of models: file names and contents."""

import random
from pathlib import Path

Shape = dict[str, bytes]

FLAT: Shape = {
    "config.json": b'{"layers": 2}\n',
    "model.safetensors": random.Random(1).randbytes(5000),
    "tokenizer.json": b"{}\n",
}

NESTED: Shape = {
    "README.md": b"# Model\n",
    "weights/part-1.bin": random.Random(2).randbytes(700),
    "weights/part-2.bin": random.Random(3).randbytes(700),
    "a/b/c/d/e/f/g/h/deep.txt": b"deep\n",
    "a/b/c/shallow.txt": b"shallow\n",
}

# Ordered differently by whole names and by path components.
ORDERS_DIFFER: Shape = {
    "a/b": b"1",
    "a-b": b"2",
    "a.txt": b"3",
    "a b": b"4",
    "a/b.c/d": b"5",
    "a/b-c": b"6",
    "a0": b"7",
}

ODD_NAMES: Shape = {
    name: name.encode()
    for name in (
        "with space",
        " leading and trailing ",
        "-leading-dash",
        "--private_key",
        "colon:0:5",
        "quote'single",
        'quote"double',
        "back\\slash",
        "C:\\weights",
        "percent%20",
        "line\nbreak",
        "tab\tcontrol\x01delete\x7f",
        "*?[star]{brace}",
        "~",
        "#hash&amp;<tag>",
        "$HOME`id`",
        "...",
        "..double-dot",
        "dot./dot.",
        "caf\u00e9",
        "cafe\u0301",
        "\u6a21\u578b/\u6743\u91cd.bin",
        "\u05de\u05d5\u05d3\u05dc",
        "\uff5e after surrogates in UTF-16",
        "\U0001f600 emoji",
        "\u200bzero\u202ewidth",
        "A",
        "a",
        "n" * 250,
    )
}

DOTFILES: Shape = {
    "weights.bin": b"weights",
    ".env": b"SECRET=1\n",
    ".hidden/file": b"hidden",
    ".gitmodules": b"not among the git names\n",
    "nested/.git/config": b"nested git folders are signed\n",
    "nested/.gitignore": b"*.log\n",
}

GIT_FILES: Shape = {
    ".git/HEAD": b"ref: refs/heads/main\n",
    ".git/objects/00/1": b"object",
    ".gitattributes": b"*.bin filter=lfs\n",
    ".github/workflow.yml": b"on: push\n",
    ".gitignore": b"*.tmp\n",
}

EMPTY_FILES: Shape = {"empty": b"", "other/empty": b"", "other/full": b"full"}

ONLY_EMPTY_FILES: Shape = {"empty": b"", "other/empty": b""}

MEBIBYTE = 1024 * 1024


def large() -> Shape:
    """Around the sizes of read buffers and one that no buffer holds."""
    sizes = (63, 64, 65, MEBIBYTE - 1, MEBIBYTE, MEBIBYTE + 1, 24 * MEBIBYTE + 7)
    return {f"weights-{size}.bin": random.Random(size).randbytes(size) for size in sizes}


def many() -> Shape:
    return {f"layer-{number % 16}/{number}.bin": b"%d" % number for number in range(600)}


def write_model(folder: Path, shape: Shape) -> Path:
    """Writes `shape` below `folder` and returns `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in shape.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
