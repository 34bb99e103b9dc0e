"""The benchmark of the service does what it says; nothing is timed here."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path

import pytest

from agreement import NO_ANSWER, UNREADABLE, Answer, compare, fetch
from figures import figures, geometric_mean, percentile
from load import Crowd, Sample
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.questions.parameters import bind
from masagraph.resources import Resources
from masagraph.store.opened import Opened, open_store
from masagraph.store.protocol import Rows
from masagraph.store.written_in import write_in
from rounds import Plan
from servers import Server
from service import FULL, PAGE, QUICK, measure
from summary import aims, as_json
from tables import BEGIN, END, markdown, write_section
from workload import ERROR, LOOKUP, MATRIX, QUESTIONS, TRIPLES, Case, read_workload

TINY = Plan(
    rounds=1,
    slice=0,
    most=1,
    loads=(1, 3),
    load_rounds=1,
    load_seconds=0.1,
    slow_rounds=1,
    slow_cap=10,
    runaway_rounds=1,
    runaway_seconds=0,
)


# What is asked


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_with_its_parameters_written_in_has_the_same_answer(
    name: str, resources: Resources, opened: Opened
) -> None:
    question = find_question(list_questions(resources), name)
    given = {p.name: p.example for p in question.parameters if p.example}
    terms = bind(question, given, opened.store, opened.data_date)
    bound = opened.store.query(question.query, terms)
    written = opened.store.query(write_in(question.query, terms))
    assert isinstance(bound, Rows)
    assert isinstance(written, Rows)
    keep = [i for i, variable in enumerate(bound.variables) if variable not in terms]
    assert written.variables == tuple(bound.variables[i] for i in keep)
    assert written.rows
    assert Counter(map(str, written.rows)) == Counter(
        str(tuple(row[i] for i in keep)) for row in bound.rows
    )


def test_every_query_is_answered_as_the_workload_says(opened: Opened) -> None:
    for case in read_workload(opened):
        if case.name == ERROR:
            assert case.status == 400
        else:
            answer = opened.store.query(case.text)
            assert len(answer.rows if isinstance(answer, Rows) else answer.triples) > 0, case.name  # type: ignore[union-attr]


def test_workload_is_ten_questions_and_ten_queries(opened: Opened) -> None:
    cases = read_workload(opened)
    assert len({case.name for case in cases}) == len(cases) == 20
    assert {LOOKUP, MATRIX} <= {case.name for case in cases if not case.reads_graphs}


# Clients


class Odd(BaseHTTPRequestHandler):
    """Answers as the text of the query says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if text == "break off":
            self.close_connection = True
            return
        if text == "stay silent":
            threading.Event().wait(1)
        self.send_response(int(text) if text.isdigit() else 200)
        if text == "in chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        else:
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"abcde")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def odd() -> Iterator[Server]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield Server("odd", http.server_port, "/")
        http.shutdown()


@pytest.mark.parametrize(
    ("text", "size", "fault"),
    [
        ("well", 5, ""),
        ("in chunks", 5, ""),
        ("well", 6, "size"),
        ("503", 5, "503"),
        ("break off", 5, "lost"),
        ("stay silent", 5, "cap"),
    ],
)
def test_client_counts_what_is_at_fault(odd: Server, text: str, size: int, fault: str) -> None:
    with Crowd(odd, 2, {"it": size}, cap=0.5) as crowd:
        for _ in range(2):  # a fault leaves the client able to go on
            run = crowd.ask([iter([Case("it", text)]) for _ in range(2)], 0)
            assert [sample.fault for sample in run.samples] == [fault, fault]


def test_clients_ask_beside_a_loop_that_runs(odd: Server) -> None:
    """A test with a browser leaves one behind in its thread."""

    async def ask() -> list[str]:
        with Crowd(odd) as crowd:
            run = crowd.ask([iter([Case("it", "well")])], 0)
        return [sample.fault for sample in run.samples]

    with ThreadPoolExecutor(1) as thread:  # this one may have such a loop already
        assert thread.submit(asyncio.run, ask()).result() == [""]


def test_status_that_is_expected_is_no_fault(odd: Server) -> None:
    with Crowd(odd) as crowd:
        run = crowd.ask([iter([Case("it", "400", status=400)])], 0)
    assert [sample.fault for sample in run.samples] == [""]


def test_nobody_there_is_a_fault() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as http:
        port = http.server_port
    with Crowd(Server("gone", port, "/")) as crowd:
        run = crowd.ask([iter([Case("it", "well")])], 0)
    assert [sample.fault for sample in run.samples] == ["lost"]


def test_clients_go_on_until_the_time_is_over(odd: Server) -> None:
    with Crowd(odd, 3) as crowd:
        run = crowd.ask([repeat(Case("it", "well"))] * 3, 0.1)
    assert len(run.samples) > 3
    assert run.rate > 0


# Answers


def answer(*items: str, status: int = 200) -> Answer:
    return Answer(status, 1, Counter(items))


@pytest.mark.parametrize(
    ("text", "ours", "theirs", "said"),
    [
        ("", answer("a", "b"), answer("b", "a"), None),
        ("", answer("a"), answer("a", "a"), "1 rows that ours lacks, 0 only in ours"),
        ("", answer("x=a, b"), answer("x=b, a"), "another order"),
        ("", answer("a"), answer(status=500), "status 500; ours: status 200"),
        ("", answer("a"), answer(status=0), "no answer in time"),
        ("", answer("a"), answer(status=1), "an answer of another kind"),
        ("LIMIT 1", answer("a"), answer("b"), None),
        ("LIMIT 1", answer("a"), answer(), "0 rows, ours 1"),
        ("ORDER BY ?x LIMIT 1", answer("a"), answer("b"), "1 rows that ours lacks"),
    ],
)
def test_difference_is_found(text: str, ours: Answer, theirs: Answer, said: str | None) -> None:
    difference = compare(Case("it", text), Server("other", 0, "/"), ours, theirs)
    assert (difference is None) == (said is None)
    assert difference is None or (said or "") in difference.what


def test_answer_is_not_waited_for_longer_than_the_cap(odd: Server) -> None:
    assert fetch(odd, Case("it", "stay silent"), 0.2).status == NO_ANSWER


def test_answer_of_another_kind_is_told(odd: Server) -> None:
    assert fetch(odd, Case("it", "well"), 5).status == UNREADABLE
    assert fetch(odd, Case("it", "well", accept=TRIPLES), 5).status == UNREADABLE


# Figures


def test_figures_of_samples() -> None:
    samples = [Sample("it", n / 1000) for n in range(1, 101)]
    whole = figures([*samples, Sample("it", 9, "lost"), Sample("it", 0.2, "cap")])
    assert (whole.count, whole.errors) == (102, 2)
    assert (whole.p50, whole.p95, whole.p99) == pytest.approx((51, 96, 100))


def test_percentile_is_one_of_the_values() -> None:
    assert [percentile([1, 2, 9], share) for share in (0.0, 0.5, 0.99)] == [1, 2, 9]
    assert geometric_mean([2, 0.5]) == pytest.approx(1)


@pytest.mark.parametrize(("spent", "share"), [(15, 1), (32.5, 0.5), (300, 0.2)])
def test_plan_is_cut_where_the_start_took_long(spent: float, share: float) -> None:
    assert (QUICK.within, QUICK.takes) == (50, 35)
    fitted = QUICK.fitted(spent)
    assert fitted.load_seconds == pytest.approx(QUICK.load_seconds * share)
    assert fitted.rounds == QUICK.rounds
    assert FULL.fitted(spent) == FULL


# The whole


def test_run_as_short_as_can_be(store_folder: Path, tmp_path: Path) -> None:
    """One test, as the servers take seconds to start."""
    store = tmp_path / "store"
    shutil.copytree(store_folder, store)
    measured = measure(store, TINY, quick=True)

    assert [d for d in measured.differences if "another order" not in d.what] == []
    assert measured.errors() == 0
    cases = read_workload(open_store(store))
    assert list(measured.times["masagraph"]) == [case.name for case in cases]

    value = as_json(measured)
    for key in ("p50_ratio_to_oxigraph", "p50_ratio_to_rdflib_endpoint", "requests_per_second"):
        assert isinstance(value[key], float), key
    assert (value["errors"], value["clients"]) == (0, 3)
    told = (PAGE.parents[1] / "benchmarks" / "README.md").read_text(encoding="utf-8")
    assert [key for key in value if f"`{key}`" not in told] == []
    assert set(value["aims_met"]) == {aim.name for aim in aims(measured)}

    section = markdown(measured)
    assert [case.name for case in cases if f"| {case.name} |" not in section] == []


def test_section_takes_its_place_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    for section in (r"new \1", "newest"):
        write_section(page, section)
        assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\n{section}\n{END}\nafter\n"


def test_page_without_its_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="must hold the marks"):
        write_section(page, "x")


def test_page_of_the_repository_has_its_marks() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count(BEGIN) == 1
    assert END in text.partition(BEGIN)[2]
