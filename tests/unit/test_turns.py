"""Whose turn it is: limits, fairness, and that no turn is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from masagraph.errors import Unavailable
from masagraph.store.workers.turns import Turns


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


class Client:
    """Somebody who waits for a turn in a thread, takes it, and gives it back when told."""

    def __init__(self, turns: Turns, name: str, order: list[str]) -> None:
        self.done = threading.Event()
        self._turns, self._name, self._order = turns, name, order
        self._thread = threading.Thread(target=self._run, daemon=True)
        before = turns.running + turns.waiting
        self._thread.start()
        until(lambda: turns.running + turns.waiting > before)

    def _run(self) -> None:
        with self._turns.turn(self._name, 20):
            self._order.append(self._name)
            self.done.wait(20)

    def end(self) -> None:
        self.done.set()
        self._thread.join(20)


def test_no_more_than_so_many_at_once() -> None:
    turns, order = Turns(at_once=2, share=2, waiting=10), list[str]()
    clients = [Client(turns, name, order) for name in "abc"]
    assert (turns.running, turns.waiting) == (2, 1)
    clients[0].end()
    until(lambda: order == ["a", "b", "c"])
    for client in clients[1:]:
        client.end()
    assert (turns.running, turns.waiting) == (0, 0)


def test_one_client_has_no_more_than_its_share() -> None:
    turns, order = Turns(at_once=4, share=2, waiting=10), list[str]()
    greedy = [Client(turns, "greedy", order) for _ in range(4)]
    assert (turns.running, turns.waiting) == (2, 2)
    modest = Client(turns, "modest", order)
    until(lambda: order == ["greedy", "greedy", "modest"])
    for client in (modest, *greedy):
        client.end()
    assert turns.running == 0


def test_clients_that_wait_are_served_in_rotation() -> None:
    turns, order = Turns(at_once=1, share=1, waiting=10), list[str]()
    clients = [Client(turns, name, order) for name in "aaabbc"]
    for client in clients:
        client.done.set()
    until(lambda: len(order) == 6)
    # The first has its turn at once; then each in rotation, however many requests it sent.
    assert order == ["a", "a", "b", "c", "a", "b"]


def test_a_full_queue_refuses_at_once() -> None:
    turns = Turns(at_once=1, share=1, waiting=2)
    order: list[str] = []
    clients = [Client(turns, name, order) for name in "abc"]
    begun = time.monotonic()
    with pytest.raises(Unavailable, match="queue is full") as caught, turns.turn("d", 20):
        pass
    assert time.monotonic() - begun < 5
    assert (caught.value.reason, caught.value.after) == ("busy", 1)
    for client in clients:
        client.end()


def test_one_client_fills_no_more_than_half_of_the_queue() -> None:
    turns, order = Turns(at_once=1, share=1, waiting=4), list[str]()
    clients = [Client(turns, "greedy", order) for _ in range(3)]
    with pytest.raises(Unavailable), turns.turn("greedy", 20):
        pass
    clients.append(Client(turns, "modest", order))
    assert turns.waiting == 3
    for client in clients:
        client.done.set()
    until(lambda: len(order) == 4 and turns.running == 0)


def test_who_waits_too_long_is_told_and_leaves_no_trace() -> None:
    turns = Turns(at_once=1, share=1, waiting=5)
    with turns.turn("a", 1):
        with (
            pytest.raises(Unavailable, match="no turn came within") as caught,
            turns.turn("b", 2e-3),
        ):
            pass
        assert caught.value.reason == "busy"
        assert (turns.running, turns.waiting) == (1, 0)
    with turns.turn("b", 0.01):
        assert turns.running == 1


def test_a_turn_comes_back_after_an_error() -> None:
    turns = Turns(at_once=1, share=1, waiting=5)
    for _ in range(3):
        with pytest.raises(KeyError), turns.turn("a", 0.01):
            raise KeyError
    assert turns.running == 0


def test_many_threads_lose_no_turn() -> None:
    turns = Turns(at_once=3, share=2, waiting=1000)
    most, done, lock = [0], [0], threading.Lock()

    def work(name: str) -> None:
        for _ in range(50):
            with turns.turn(name, 20), lock:
                most[0] = max(most[0], turns.running)
                done[0] += 1

    with ExitStack() as stack:
        for number in range(12):
            thread = threading.Thread(target=work, args=(f"client {number % 4}",))
            thread.start()
            stack.callback(thread.join)
    assert done == [600]
    assert most[0] <= 3
    assert (turns.running, turns.waiting) == (0, 0)
