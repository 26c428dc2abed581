"""Trains a small text classifier and saves it the way models are published.

The texts come with scikit-learn: the descriptions of its data sets. The model tells which data
set a passage is about.
"""

import json
import sys
from pathlib import Path
from typing import Any

import joblib
import numpy
import sklearn
from safetensors.numpy import save_file
from sklearn import datasets
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

SOURCES = {
    "breast cancer": datasets.load_breast_cancer,
    "diabetes": datasets.load_diabetes,
    "digits": datasets.load_digits,
    "iris": datasets.load_iris,
    "wine": datasets.load_wine,
}
WORDS_PER_PASSAGE = 24

CARD = """---
library_name: scikit-learn
pipeline_tag: text-classification
license: apache-2.0
---
# Which data set is this about?

A logistic regression over TF-IDF features of {words} words, trained on {passages} passages from
the data set descriptions of scikit-learn {version}. Accuracy on held-out passages: {accuracy:.0%}.
"""


def read_passages() -> tuple[list[str], list[str]]:
    """Texts and their labels."""
    texts, labels = [], []
    for label, load in SOURCES.items():
        words = load().DESCR.split()
        for start in range(0, len(words), WORDS_PER_PASSAGE):
            texts.append(" ".join(words[start : start + WORDS_PER_PASSAGE]))
            labels.append(label)
    return texts, labels


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n")


def save_weights(folder: Path, words: TfidfVectorizer, model: LogisticRegression) -> None:
    tensors = {
        "classifier.weight": model.coef_.astype(numpy.float32),
        "classifier.bias": model.intercept_.astype(numpy.float32),
        "tfidf.idf": words.idf_.astype(numpy.float32),
    }
    save_file(tensors, folder / "model.safetensors", metadata={"format": "np"})
    joblib.dump((words, model), folder / "model.joblib")


def save_configuration(folder: Path, words: TfidfVectorizer, model: LogisticRegression) -> None:
    labels = dict(enumerate(model.classes_.tolist()))
    write_json(folder / "config.json", {"architectures": ["TfidfLogit"], "id2label": labels})
    vocabulary = {word: int(index) for word, index in words.vocabulary_.items()}
    tokenizer = folder / "tokenizer"
    tokenizer.mkdir()
    write_json(tokenizer / "vocab.json", vocabulary)
    write_json(tokenizer / "tokenizer_config.json", {"do_lower_case": True, "ngram_range": [1, 1]})
    write_json(tokenizer / "special_tokens_map.json", {})


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    texts, labels = read_passages()
    train_texts, test_texts, train_labels, test_labels = train_test_split(
        texts, labels, test_size=0.25, random_state=1, stratify=labels
    )
    words = TfidfVectorizer()
    model = LogisticRegression(C=100).fit(words.fit_transform(train_texts), train_labels)
    accuracy = model.score(words.transform(test_texts), test_labels)

    save_weights(folder, words, model)
    save_configuration(folder, words, model)
    card = CARD.format(
        words=len(words.vocabulary_),
        passages=len(train_texts),
        version=sklearn.__version__,
        accuracy=accuracy,
    )
    (folder / "README.md").write_text(card)
    print(f"trained on {len(train_texts)} passages, accuracy {accuracy:.0%} on the other ones")


if __name__ == "__main__":
    main()
