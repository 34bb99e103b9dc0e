"""What is measured, in rounds in which the servers take turns, so that noise hits all alike."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TypeVar

from agreement import NO_ANSWER, Answer, Difference, compare, fetch
from figures import Figures, figures
from load import Crowd, Run, Sample
from servers import Server
from workload import Case

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure.

    Attributes:
        rounds: in how many rounds each query is asked of each server by one client.
        slice: seconds of one query at one server in such a round; it is asked at least once.
        most: seconds after which no further such round begins, once there were two.
        loads: numbers of clients that ask all queries mixed.
        load_rounds: in how many rounds.
        load_seconds: seconds of one server in such a round.
        slow_rounds: how often the slow server is asked.
        slow_cap: seconds after which its answer is no longer waited for.
        runaway_rounds: in how many rounds queries are asked beside runaway ones.
        runaway_seconds: seconds of one query in such a round; half as long without.
        takes: seconds that all this usually takes, once the servers are there.
        within: seconds within which the whole run must end; None for no limit.
    """

    rounds: int
    slice: float
    most: float
    loads: tuple[int, ...]
    load_rounds: int
    load_seconds: float
    slow_rounds: int
    slow_cap: float
    runaway_rounds: int
    runaway_seconds: float
    takes: float = 0
    within: float | None = None

    def fitted(self, spent: float) -> Plan:
        """Return a plan that ends in time where starting the servers took long.

        Args:
            spent: seconds since the run began.
        """
        if self.within is None or spent + self.takes <= self.within:
            return self
        share = max(0.2, (self.within - spent) / self.takes)
        return replace(
            self,
            most=self.most * share,
            load_seconds=self.load_seconds * share,
            runaway_seconds=self.runaway_seconds * share,
        )


Times = Mapping[str, Mapping[str, Figures]]
"""Figures by name of the server, then of the case."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What servers answered before anything was timed.

    Attributes:
        sizes: by name of the server, the size of each answer that has only one right size.
        usable: by name of the server, the cases to ask it: all of ours; of another those that
            it answers with the right status, or not within the time.
        differences: where an answer is not the same as ours.
    """

    sizes: Mapping[str, Mapping[str, int]]
    usable: Mapping[str, Sequence[Case]]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How a server bore a number of clients, over all rounds.

    Attributes:
        server: its name.
        clients: how many clients.
        rate: answers a second.
        busy: the share of one core that the clients took.
        all: figures over all cases.
        each: figures of each case.
    """

    server: str
    clients: int
    rate: float
    busy: float
    all: Figures
    each: Mapping[str, Figures]


def say(text: str) -> None:
    """Tell on standard error how far things are."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
    sys.stderr.flush()


def agree(ours: Server, others: Mapping[Server, list[Case]], cap: float) -> Agreed:
    """Ask every server every case once, and compare the answers with ours.

    Args:
        ours: the server whose answers are compared with.
        others: the other servers, with the cases that each can be asked.
        cap: seconds after which an answer is no longer waited for.
    """
    known = {case.name: case for cases in others.values() for case in cases}
    right = {name: fetch(ours, case, cap) for name, case in known.items()}
    sizes = {ours.name: _sizes(right, known)}
    # Ours is asked everything, whatever it answers: what it gets wrong counts as an error.
    usable: dict[str, Sequence[Case]] = {ours.name: list(known.values())}
    differences = []
    for server, cases in others.items():
        theirs = {case.name: fetch(server, case, cap) for case in cases}
        sizes[server.name] = _sizes(theirs, known)
        usable[server.name] = [c for c in cases if theirs[c.name].status in (c.status, NO_ANSWER)]
        compared = (compare(case, server, right[case.name], theirs[case.name]) for case in cases)
        differences += [difference for difference in compared if difference]
    return Agreed(sizes, usable, tuple(differences))


def _sizes(answers: Mapping[str, Answer], cases: Mapping[str, Case]) -> dict[str, int]:
    """Return the size of each answer that can only have one."""
    return {
        name: answer.size
        for name, answer in answers.items()
        if answer.status == 200 and not cases[name].leaves_rows_open
    }


def one_by_one(servers: Sequence[Server], agreed: Agreed, plan: Plan) -> Times:
    """Let one client ask one query of one server at a time, and the next server right after."""
    samples: dict[str, dict[str, list[Sample]]] = {s.name: defaultdict(list) for s in servers}
    cases = {s.name: {case.name: case for case in agreed.usable[s.name]} for s in servers}
    names = list(dict.fromkeys(name for server in servers for name in cases[server.name]))
    until = time.monotonic() + plan.most
    with ExitStack() as stack:
        crowds = {s: stack.enter_context(Crowd(s, 1, agreed.sizes[s.name])) for s in servers}
        for number in range(plan.rounds):
            if number > 1 and time.monotonic() > until:
                break
            for name in names:
                for server in _in_turn(servers, number):
                    if case := cases[server.name].get(name):
                        run = crowds[server].ask([repeat(case)], plan.slice)
                        samples[server.name][name] += run.samples
    return _times(samples)


def under_load(servers: Sequence[Server], agreed: Agreed, plan: Plan) -> list[Load]:
    """Let several clients ask all queries mixed, of one server after the other."""
    shared = set.intersection(*({c.name for c in agreed.usable[s.name]} for s in servers))
    cases = [case for case in agreed.usable[servers[0].name] if case.name in shared]
    loads = []
    for clients in plan.loads:
        runs: dict[Server, list[Run]] = defaultdict(list)
        for number in range(plan.load_rounds):
            for server in _in_turn(servers, number):
                with Crowd(server, clients, agreed.sizes[server.name]) as crowd:
                    runs[server].append(crowd.ask_mixed(cases, plan.load_seconds))
        loads += [_load(server, clients, runs[server]) for server in servers]
    return loads


def beside_a_slow_one(ours: Server, slow: Server, agreed: Agreed, plan: Plan) -> Times:
    """Ask a slow server each query once a round, and ours the same for a while right after.

    Args:
        ours: our server.
        slow: the slow one; an answer is waited for until the cap of the plan.
        agreed: what both can be asked.
        plan: how long to measure.
    """
    samples: dict[str, dict[str, list[Sample]]] = {s.name: defaultdict(list) for s in (slow, ours)}
    cases = agreed.usable[slow.name]
    with Crowd(slow, 1, cap=plan.slow_cap) as theirs, Crowd(ours, 1) as mine:
        for _ in range(plan.slow_rounds):
            for case in cases:
                samples[slow.name][case.name] += theirs.ask([iter([case])], 0).samples
                samples[ours.name][case.name] += mine.ask([repeat(case)], plan.slice).samples
    return _times(samples)


def beside_runaways(ours: Server, cases: Sequence[Case], runaway: Case, plan: Plan) -> Times:
    """Ask queries at one client with and without another whose queries are killed all the time.

    Returns:
        Figures under ``without`` and ``with``; under ``with`` those of the runaway queries too.
    """
    alone: dict[str, list[Sample]] = defaultdict(list)
    beside: dict[str, list[Sample]] = defaultdict(list)
    with Crowd(ours, 1, cap=10) as one, Crowd(ours, 2, cap=10) as two:
        one.ask([iter(cases)], plan.runaway_seconds)  # not counted: the first time is slower
        for number in range(plan.runaway_rounds):
            for case in _in_turn(cases, number):
                alone[case.name] += one.ask([repeat(case)], plan.runaway_seconds / 4).samples
                both = two.ask([repeat(case), repeat(runaway)], plan.runaway_seconds)
                alone[case.name] += one.ask([repeat(case)], plan.runaway_seconds / 4).samples
                for sample in both.samples:
                    beside[sample.case].append(sample)
    return _times({"without": alone, "with": beside})


def _in_turn(things: Sequence[_Thing], number: int) -> Iterator[_Thing]:
    """Yield all things, another one first in each round."""
    start = number % len(things)
    yield from (*things[start:], *things[:start])


def _times(samples: Mapping[str, Mapping[str, Sequence[Sample]]]) -> Times:
    return {
        server: {case: figures(taken) for case, taken in by_case.items()}
        for server, by_case in samples.items()
    }


def _load(server: Server, clients: int, runs: Sequence[Run]) -> Load:
    samples = [sample for run in runs for sample in run.samples]
    by_case: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        by_case[sample.case].append(sample)
    return Load(
        server.name,
        clients,
        sum(run.rate for run in runs) / len(runs),
        sum(run.busy for run in runs) / len(runs),
        figures(samples),
        {case: figures(taken) for case, taken in sorted(by_case.items())},
    )
