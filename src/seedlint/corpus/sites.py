"""Lines that the records of a site share: counted in a first pass, used by the second.

Every worker counts the lines of its records by site in bounded sketches; sketches are
merged in the order of the parts. What many records of a site share is page chrome,
which rule repeated-boilerplate then finds (WEB008).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from seedlint import arrow
from seedlint.arrow import ColumnError
from seedlint.chrome.sketch import Sketch, Templates
from seedlint.corpus.batch import SITE, Job, Unit
from seedlint.corpus.engine import Numbered, handler, mapped, on_ray, steps
from seedlint.corpus.parts import Part

LINES = 1_000_000  # lines remembered over all sites: some 200 MB
EACH = 5_000  # lines remembered of one site


@dataclass
class Sites:
    """A sketch for every site; bounded as a whole by forgetting the lines that are rarest anywhere."""

    capacity: int = LINES
    sketches: dict[str, Sketch] = field(default_factory=dict)

    def add(self, site: str, lines: Iterable[str]) -> None:
        """Count the lines of one record."""
        self._of(site).add(lines)

    def merge(self, other: Sites) -> None:
        """Add what was counted elsewhere."""
        for site, sketch in other.sketches.items():
            self._of(site).merge(sketch)
        self._prune()

    def _of(self, site: str) -> Sketch:
        return self.sketches.setdefault(site, Sketch(EACH))

    def _prune(self) -> None:
        """Forget lines seen in one record only, then those in two, until the rest fits."""
        least = 1
        while sum(len(sketch.counts) for sketch in self.sketches.values()) > self.capacity:
            least += 1
            for sketch in self.sketches.values():
                kept = {line: count for line, count in sketch.counts.items() if count.files >= least}
                if len(kept) < len(sketch.counts):
                    sketch.counts, sketch.missed = kept, max(sketch.missed, least - 1)

    def templates(self) -> Templates:
        """What every site puts on its pages."""
        return Templates.learnt(self.sketches)


def count(unit: Unit, job: Job) -> Sites:
    """The lines of the records of one unit, by site; a record without text or site is left out."""
    sites = Sites()
    try:
        batch = handler(unit.part).records(unit, job).batch
    except ColumnError:
        return sites
    column = batch.column(job.work.column)
    encoding = arrow.encoding_of(column, job.work)
    for site, text in zip(batch.column(SITE).to_pylist(), arrow.values(column), strict=True):
        if site is not None and text is not None:
            sites.add(str(site), text.decode(encoding, "surrogateescape").splitlines())
    return sites


def learn(parts: Sequence[Part], job: Job, engine: str, jobs: int) -> Templates:
    """The first pass: what every site puts on its pages.

    A part that cannot be read counts as far as it goes: the second pass says what is
    wrong with it. Raises seedlint.workers.WorkerLost.
    """
    whole, numbered = Sites(), list(enumerate(parts))
    if engine == "ray":
        counted = sorted(on_ray(partial(_part, job=job), numbered, jobs), key=lambda pair: pair[0])
        found: Iterable[Sites] = (sites for _, sites in counted)
    else:
        found = _counted(numbered, job, jobs)
    for sites in found:
        whole.merge(sites)
    return whole.templates()


def _counted(parts: Iterable[Numbered], job: Job, jobs: int) -> Iterator[Sites]:
    for _, sites in mapped(count, steps(parts, job), job, jobs):
        if sites is not None:
            yield sites


def _part(numbered: Numbered, job: Job) -> tuple[int, Sites]:
    whole = Sites()
    for sites in _counted([numbered], job, 1):
        whole.merge(sites)
    return numbered[0], whole
