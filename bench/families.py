"""The models of the reference's own benchmark, as folders with the layout that each family has.

Contents do not matter to hashing, so the files are sparse.
"""

from pathlib import Path

from models import Model

KILOBYTE, MEGABYTE, GIGABYTE = 10**3, 10**6, 10**9


def onnx() -> dict[str, int]:
    return {"roberta-base-11.onnx": 8 * KILOBYTE}


def pytorch_hub() -> dict[str, int]:
    """A checkout with its history, which signing and verifying leave out by default."""
    sizes = {
        "README.md": 12 * KILOBYTE,
        "hubconf.py": 3 * KILOBYTE,
        "requirements.txt": KILOBYTE,
        "weights/End-to-end.pth": 64 * MEGABYTE,
        "weights/yolop-320-320.onnx": 35 * MEGABYTE,
        "weights/yolop-640-640.onnx": 36 * MEGABYTE,
        "weights/yolop-1280-1280.onnx": 38 * MEGABYTE,
        ".git/HEAD": 21,
        ".git/config": 300,
        ".git/index": 24 * KILOBYTE,
        ".git/packed-refs": 600,
        ".git/objects/pack/pack-1.idx": 60 * KILOBYTE,
        ".git/objects/pack/pack-1.pack": 170 * MEGABYTE,
    }
    sizes |= {f"lib/core/module_{number:02}.py": 9 * KILOBYTE for number in range(60)}
    sizes |= {f"pictures/output_{number:02}.png": 380 * KILOBYTE for number in range(30)}
    sizes |= {f".git/hooks/sample-{number:02}": 2 * KILOBYTE for number in range(13)}
    return sizes


def tf_hub() -> dict[str, int]:
    return {
        "saved_model.pb": 9 * MEGABYTE,
        "assets/vocab.txt": 232 * KILOBYTE,
        "variables/variables.index": 21 * KILOBYTE,
        "variables/variables.data-00000-of-00001": 2_790 * MEGABYTE,
    }


def bert() -> dict[str, int]:
    """One set of weights for each framework."""
    return {
        "README.md": 10 * KILOBYTE,
        "config.json": 571,
        "tokenizer.json": 466 * KILOBYTE,
        "tokenizer_config.json": 48,
        "vocab.txt": 232 * KILOBYTE,
        "flax_model.msgpack": 1_248 * MEGABYTE,
        "model.safetensors": 1_345 * MEGABYTE,
        "pytorch_model.bin": 1_345 * MEGABYTE,
        "rust_model.ot": 1_085 * MEGABYTE,
        "tf_model.h5": 1_473 * MEGABYTE,
    }


def sharded_7b() -> dict[str, int]:
    sizes = {
        "config.json": 650,
        "generation_config.json": 160,
        "model.safetensors.index.json": 24 * KILOBYTE,
        "special_tokens_map.json": 411,
        "tokenizer.json": 1_800 * KILOBYTE,
        "tokenizer.model": 500 * KILOBYTE,
    }
    shards = 6
    return sizes | {
        f"model-{number:05}-of-{shards:05}.safetensors": 4_500 * MEGABYTE
        for number in range(1, shards + 1)
    }


def make_families(work: Path, scale: float, large: bool) -> list[Model]:
    families = {
        "ONNX file": onnx(),
        "PyTorch Hub repository with .git": pytorch_hub(),
        "TF-Hub SavedModel": tf_hub(),
        "BERT with weights of all frameworks": bert(),
    }
    if large:
        families["7B model in shards"] = sharded_7b()
    models = [
        Model(title, work / f"family-{number}", _scaled(sizes, scale), sparse=True)
        for number, (title, sizes) in enumerate(families.items())
    ]
    for model in models:
        model.make()
    return models


def _scaled(sizes: dict[str, int], scale: float) -> dict[str, int]:
    """Small files are what they are."""
    return {
        name: round(size * scale) if size >= MEGABYTE else size for name, size in sizes.items()
    }
