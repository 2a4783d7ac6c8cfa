"""CrystalBLEU by the package itself: crystalbleu 0.2, which needs nltk (3.9.1 was used).

stdin: JSON {texts: [[token, ...], ...], corpusSize, pairs: [[hypothesis, reference], ...], settings: [{trivialCount, epsilon}, ...]}; a pair
holds two indices of texts. stdout: JSON {package, nltk, python, scores: [[score of each pair] for each setting], seconds: [the time
that scoring the pairs took, for each setting]}.

The trivially shared n-grams are the most frequent ones of the first `corpusSize` texts, each counted by itself. Counter.most_common leaves the order of equally
frequent ones to chance, so it is fixed here: the shorter first, then by the tokens' UTF-16 code units.
"""

import json
import platform
import sys
import time
from collections import Counter
from importlib.metadata import version

from crystalbleu import SmoothingFunction, sentence_bleu
from nltk.util import ngrams


def most_frequent(texts, count):
    frequencies = Counter(ngram for text in texts for order in range(1, 5) for ngram in ngrams(text, order))

    def place(ngram):
        return -frequencies[ngram], len(ngram), [token.encode("utf-16-be", "surrogatepass") for token in ngram]

    return {ngram: frequencies[ngram] for ngram in sorted(frequencies, key=place)[:count]}


def main():
    request = json.load(sys.stdin)
    texts = request["texts"]
    scores, seconds = [], []
    for setting in request["settings"]:
        ignoring = most_frequent(texts[: request["corpusSize"]], setting["trivialCount"])
        smoothing = SmoothingFunction(epsilon=setting["epsilon"]).method1
        started = time.perf_counter()
        scores.append(
            [
                sentence_bleu([texts[reference]], texts[hypothesis], smoothing_function=smoothing, ignoring=ignoring)
                for hypothesis, reference in request["pairs"]
            ]
        )
        seconds.append(time.perf_counter() - started)
    json.dump(
        {
            "package": version("crystalbleu"),
            "nltk": version("nltk"),
            "python": platform.python_version(),
            "scores": scores,
            "seconds": seconds,
        },
        sys.stdout,
    )


main()
