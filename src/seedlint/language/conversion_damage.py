"""Wrong characters in Traditional text: places where another form belongs.

A conversion from Simplified takes one form of a class everywhere (`后` for 後, or `隻`
for 只). How often the document was damaged so is learnt from the document itself:
the few places where context leaves no doubt set the odds for all others. In sound
text the odds are those of the web, about one in a thousand, and only context that
excludes the form seen is enough.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from operator import add
from typing import NamedTuple

from seedlint.document import Document
from seedlint.language.conversion import Choice, choose
from seedlint.language.prose import is_mentioned
from seedlint.language.script import Script, evidence, tally
from seedlint.language.script_tables import GAP, folds, owners, windows

_WEB = 1e-3  # share of a form's places that are wrong in text as it is found
_STRENGTH = 2.0  # places that this share, or that of the whole document, counts as
_SEAM = 0.1  # share of seams in the hands of converters that cut words by the longest match
_ONE_CLASS = 0.1  # share of wrong places at most where one class alone looks damaged
_DOUBT = 10.0  # places that speak against damage before the first is looked at
_ROUNDS = 3
_HOPELESS = 2.0  # nats of context that no damage of the document makes an error of
_SUSPICIOUS = 1.5  # expected wrong places from which on every ambiguous character is looked at
_DOUBTFUL = 1.5  # nats by which neighbours and priors favour another form, for a place to be looked at
_CLOSE = 3.0  # nats within which a form is as good as the best
_CONTRADICTION = 4.0  # nats by which a neighbour favours another form

# Pairs that authors and standards mix, in both directions or (seen, wanted) in one.
_MIXED = (
    "布佈 占佔 周週 托託 游遊 注註 志誌 升昇 升陞 卷捲 "
    "杯盃 念唸 采採 搜蒐 贊讚 跡蹟 凶兇 吊弔 奸姦 嘆歎 "
    "岳嶽 泛氾 鍊煉 鏈鍊 佣傭 并併 並併 杰傑 厘釐 扎紮 "
    "伙夥 佛彿 盡儘 欲慾 里哩 崙侖 俱具 徑逕 呆待 菸煙 毀燬 燻熏 湧涌 喂餵 飢饑 嚐嘗 盪蕩 雕鵰 閒閑 "
)
_ONE_WAY = (
    "局侷 泛汎 暗闇 仿彷 回迴 家傢 向嚮 噪譟 了瞭 "
    "咽嚥 沾霑 酸痠 弦絃 挽輓 旋鏇 幸倖 倖幸 彩綵 綵彩 折摺 抵牴 "
    "累纍 朱硃 愈癒 糖醣 背揹 夫伕 困睏 蒙濛 蒙矇 當噹 "
    "核覈 症癥 鐘鍾 曲麴 "
)
TOLERATED = frozenset([*_MIXED.split(), *(pair[::-1] for pair in _MIXED.split()), *_ONE_WAY.split()])


_Key = tuple[str, str]  # class and form seen


class Place(NamedTuple):
    """A character of a Traditional document and what context makes of it.

    ``odds`` are nats in favour of ``best`` once the damage of the document is taken
    into account; ``rate`` is the share of wrong places among its like; ``context``
    counts the neighbours and priors alone, ``windows`` the known neighbours. At a
    ``seam`` the form seen belongs to a word that the text does not have (回|答覆|雜).
    """

    offset: int
    short: str
    seen: str
    best: str
    context: float
    windows: float
    seam: bool = False
    odds: float = 0.0
    rate: float = 0.0

    @property
    def probability(self) -> float:
        """Of the place being wrong."""
        return 1 / (1 + math.exp(-max(min(self.odds, 50), -50)))


class Damage(NamedTuple):
    """The places of a document that are more likely wrong than right, in order.

    ``share`` is that of wrong places among those where the same errors could stand.
    """

    places: tuple[Place, ...]
    share: float = 0.0

    @property
    def wrong(self) -> float:
        """Wrong places to be expected."""
        return sum(place.probability for place in self.places)


def damage(document: Document) -> Damage:
    """What is wrong in a Traditional document, more likely than not."""
    if document.analysis(evidence).script is not Script.TRADITIONAL:
        return Damage(())
    places = list(_look(document, _suspects(document.text)))
    if all(place.context < _HOPELESS for place in places):
        return Damage(())
    found = _judge(document, places)
    if found.wrong > _SUSPICIOUS:
        found = _judge(document, list(_look(document, _all_places(document.text))))
    return found


def _look(document: Document, offsets: Iterable[int]) -> Iterator[Place]:
    """The places where context prefers another form than the one that stands there."""
    text = document.text
    for offset in offsets:
        if is_mentioned(text, offset):
            continue
        short, seen = owners()[text[offset]]
        choice = choose(text, short, offset)
        best = _wanted(choice, seen)
        if best != seen and not (seen == _COPULA and _is_cantonese(document, offset)):
            context, known = choice.score(best) - choice.score(seen), choice.known(best, seen)
            yield Place(offset, short, seen, best, context, known, seen in choice.seam)


def _wanted(choice: Choice, seen: str) -> str:
    """The best form that is not as good as the one seen; the one seen if there is none."""
    for form, score in zip(choice.forms, choice.scores, strict=True):
        if form == seen or score < choice.scores[0] - _CLOSE:
            return seen
        if seen + form not in TOLERATED:
            return form
    return seen


_COPULA = "係"  # to be, in Cantonese: wherever it likes


@cache
def _cantonese() -> re.Pattern[str]:
    return re.compile("[嘅咗唔冇喺咁嗰佢哋啲乜嘢啱㗎嚟咩嘥嚿揾搵曬晒喎囉啦]")


def _is_cantonese(document: Document, offset: int) -> bool:
    line = document.line_span(offset)
    return _cantonese().search(document.text, line.start, line.end) is not None


def _judge(document: Document, places: list[Place]) -> Damage:
    """The places with their odds, given how much the document is damaged."""
    right = _right(places, _seen_forms(document, places))
    rates: defaultdict[_Key, float] = defaultdict(lambda: _WEB)
    judged = places
    for _ in range(_ROUNDS):
        judged = [_weighed(place, _rate(place, rates)) for place in places]
        rates = _rates(judged, right)
    kept = tuple(place for place in judged if place.odds > 0)
    wrong = sum(place.probability for place in kept)
    concerned = {(place.short, place.seen) for place in kept}
    return Damage(kept, wrong / max(wrong + sum(right[key] for key in concerned), 1.0))


def _weighed(place: Place, rate: float) -> Place:
    return place._replace(odds=place.context + math.log(rate), rate=rate)


def _seen_forms(document: Document, places: Iterable[Place]) -> Counter[str]:
    """How often each form of the classes in question stands in the text."""
    concerned, counts = {place.short for place in places}, document.analysis(tally)
    found = Counter[str]()
    for char, (short, form) in owners().items():
        if short in concerned:
            found[form] += counts[char]
    return found


def _rate(place: Place, rates: Mapping[_Key, float]) -> float:
    return max(rates[place.short, place.seen], _SEAM if place.seam else 0.0)


def _right(places: list[Place], seen: Counter[str]) -> dict[_Key, int]:
    """By class and form seen: how often the forms that belong there stand in the text."""
    targets: defaultdict[_Key, set[str]] = defaultdict(set)
    for place in places:
        targets[place.short, place.seen].add(place.best)
    return {key: sum(seen[form] for form in forms) for key, forms in targets.items()}


def _rates(places: list[Place], right: Mapping[_Key, int]) -> defaultdict[_Key, float]:
    """The share of wrong places by class and form seen; the document's own share fills in.

    A conversion does not damage one class alone: that is a word of the subject.
    """
    wrong: defaultdict[_Key, float] = defaultdict(float)
    for place in places:
        wrong[place.short, place.seen] += place.probability
    total = sum(wrong.values())
    whole = max(_WEB, total / (total + sum(right.values()) + _DOUBT))
    most = 1.0 if sum(number > 0.5 for number in wrong.values()) > 1 else _ONE_CLASS
    rates: defaultdict[_Key, float] = defaultdict(lambda: min(whole, most))
    for key, number in wrong.items():
        rates[key] = min((number + _STRENGTH * whole) / (number + right[key] + _STRENGTH), most)
    return rates


def _suspects(text: str) -> Iterator[int]:
    """Places that their neighbours speak against, and rare forms among strangers.

    A text has few distinct neighbourhoods, so these are looked at, not the places.
    """
    framed = f"\n{text}"
    doubtful = {found for found in set(_every().findall(framed)) if _is_doubtful(*found)}
    if doubtful:
        for match in _every().finditer(framed):
            if match.groups() in doubtful:
                yield match.start() - 1


def _all_places(text: str) -> Iterator[int]:
    return (match.start() - 1 for match in _every().finditer(f"\n{text}"))


@cache
def _every() -> re.Pattern[str]:
    """A character of a class that could be wrong, with the characters before and after it."""
    chars = (char for char, owner in owners().items() if _may_be_wrong(*owner))
    return re.compile("([" + "".join(chars) + r"])(?<=(.).)(?=(.?))", re.DOTALL)


def _may_be_wrong(short: str, form: str) -> bool:
    return any(form != other and form + other not in TOLERATED for other in windows(short).forms)


@lru_cache(maxsize=200_000)
def _is_doubtful(char: str, left: str, right: str) -> bool:
    """Whether one neighbour excludes a character, or both with its prior make another likelier."""
    short, form = owners()[char]
    table = windows(short)
    index, total = table.forms.index(form), table.prior
    for key in (left.translate(folds()) + GAP, GAP + right.translate(folds())):
        scores = table.get(key)
        if scores is not None:
            if max(scores) - scores[index] > _CONTRADICTION:
                return True
            total = tuple(map(add, total, scores))
    return max(total) - total[index] > _DOUBTFUL
