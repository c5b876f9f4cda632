"""The figures of the worked case come out of the sample's data, by plain arithmetic.

The expected values were computed independently of this program, with numpy and scipy.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import ceil, sqrt
from statistics import correlation, mean, stdev

import pytest
from sample_kit import Record, by_id, records

Z = 1.96
T_39 = 2.022691
"""The quantile of Student's t with 39 degrees of freedom for 95 %."""

TRUTHS = ["A04", "A08", "A14", "A16", "A20", "A23"]


def _codes(table: str) -> dict[str, str]:
    return {row_id: record["code"] for row_id, record in by_id(table).items()}


def _wilson(k: int, n: int) -> tuple[float, float]:
    share = k / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return 100 * (middle - half), 100 * (middle + half)


def _answers(key: str) -> list[int]:
    return [response[key] for response in records("responses")]


def _satisfaction() -> dict[str, list[int]]:
    stages = [stage["id"] for stage in records("stages")]
    return {stage: [response["satisfaction"][stage] for response in records("responses")] for stage in stages}


def _interview_means() -> dict[str, float]:
    """Of the touchpoints that at least three customers rated, one mean a customer."""
    given: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for excerpt in records("excerpts"):
        if "emotion" in excerpt and "touchpoint" in excerpt:
            given[excerpt["touchpoint"]][excerpt["interview"]].append(excerpt["emotion"])
    return {place: mean(map(mean, by.values())) for place, by in given.items() if len(by) >= 3}


def _customers() -> dict[str, float]:
    """Code of a touchpoint → its final value, one decimal: interviews where enough rated it, else the mean brought."""
    brought: dict[str, float] = {row["id"]: row["customer_emotion"] for row in records("touchpoints")}
    codes = _codes("touchpoints")
    return {codes[place]: round(value, 1) for place, value in (brought | _interview_means()).items()}


def _staff() -> dict[str, int]:
    return {touchpoint["code"]: touchpoint["emotion"] for touchpoint in records("touchpoints")}


def test_six_stages_24_touchpoints_six_moments_of_truth() -> None:
    assert len(records("stages")) == 6
    assert list(_staff()) == [f"A{number:02d}" for number in range(1, 25)]
    assert [row["code"] for row in records("touchpoints") if "moment" in row] == TRUTHS
    assert all(row["customer_n"] == 40 for row in records("touchpoints"))


def test_interviews_say_the_same_as_the_means_that_were_brought() -> None:
    brought = {row["id"]: row["customer_emotion"] for row in records("touchpoints")}
    heard = _interview_means()
    assert {by_id("touchpoints")[place]["code"] for place in heard} == {"A04", "A10", "A16"}
    assert {place: round(value, 1) for place, value in heard.items()} == {place: brought[place] for place in heard}


def test_staff_against_customers() -> None:
    staff, customers = _staff(), _customers()
    delta = {code: round(customers[code] - staff[code], 1) for code in staff}
    assert [code for code, difference in delta.items() if difference <= -1] == ["A04", "A08", "A10", "A23"]
    assert [code for code, difference in delta.items() if difference >= 1] == ["A12", "A17"]
    assert min((difference, code) for code, difference in delta.items()) == (-1.8, "A04")
    assert round(mean(delta.values()), 3) == -0.179


def test_the_shape_of_the_customers_line() -> None:
    line = list(_customers().items())
    falls = [(code, round(here - before, 1)) for (_, before), (code, here) in pairwise(line)]
    assert [fall for fall in falls if fall[1] <= -2] == [("A04", -2.1), ("A10", -2.6)]
    assert max(line, key=lambda point: point[1]) == ("A16", 4.7)
    assert min(line, key=lambda point: point[1]) == ("A08", 1.9)
    assert line[-1] == ("A24", 3.5)


def test_the_means_of_the_stages() -> None:
    staff, customers = _staff(), _customers()
    of_stage: dict[str, list[str]] = defaultdict(list)
    for touchpoint in records("touchpoints"):
        of_stage[touchpoint["stage"]].append(touchpoint["code"])
    assert [
        (len(codes), round(mean(staff[code] for code in codes), 2), round(mean(customers[code] for code in codes), 2))
        for codes in of_stage.values()
    ] == [(3, 3.33, 3.07), (4, 3.5, 3.18), (5, 3.4, 3.32), (5, 3.8, 3.84), (4, 3.0, 2.8), (3, 3.33, 2.93)]


def test_opportunity_scores() -> None:
    customers = _customers()
    scores = {}
    for touchpoint in records("touchpoints"):
        important, satisfied = touchpoint["importance"] * 2, (customers[touchpoint["code"]] - 1) * 2.5
        scores[touchpoint["code"]] = important + max(important - satisfied, 0)
    best = sorted(scores.items(), key=lambda score: -score[1])[:6]
    assert [code for code, _ in best] == ["A04", "A23", "A08", "A10", "A02", "A20"]
    assert [score for _, score in best] == pytest.approx([17, 16.5, 13.75, 13.5, 13.25, 13.25])


def test_headline_numbers_and_that_the_summary_says_them() -> None:
    nps, n = _answers("nps"), 40
    promoters, detractors = sum(answer >= 9 for answer in nps), sum(answer <= 6 for answer in nps)
    assert (len(nps), promoters, n - promoters - detractors, detractors) == (n, 7, 23, 10)
    score = 100 * (promoters - detractors) / n
    spread = (promoters + detractors) / n - ((promoters - detractors) / n) ** 2
    margin = Z * 100 * sqrt(spread / n)
    assert (score, round(margin, 1)) == (-7.5, 20.1)
    satisfied = sum(answer >= 4 for answer in _answers("csat"))
    low, high = _wilson(satisfied, n)
    ease = _answers("ces")
    easy = T_39 * stdev(ease) / sqrt(n)
    assert (mean(ease), round(mean(ease) - easy, 3), round(mean(ease) + easy, 3)) == (4.425, 4.016, 4.834)
    finding = records("summary")[0]["finding_3"].replace("−", "-")
    assert f"NPS {score} (n = {n}, 95 % {score - margin:.1f} to {score + margin:.1f}" in finding
    assert f"{promoters} promoters, {n - promoters - detractors} passives, {detractors} detractors" in finding
    assert f"{100 * satisfied / n} % satisfied (95 % {low:.1f} to {high:.1f})" in finding
    assert f"ease {mean(ease):.1f} of 7 (95 % {mean(ease) - easy:.1f} to {mean(ease) + easy:.1f})" in finding


def test_drivers_and_that_the_summary_says_them() -> None:
    csat = _answers("csat")
    drivers = [(round(mean(given), 3), round(correlation(given, csat), 3)) for given in _satisfaction().values()]
    assert drivers == [(3.375, 0.258), (2.65, 0.346), (3.025, 0.109), (4.1, 0.399), (3.075, 0.312), (3.1, 0.54)]
    summary = records("summary")[0]
    assert "2.65 (n = 40)" in summary["finding_1"]
    assert "r = 0.35, p = .03" in summary["finding_1"]
    assert "r = 0.54, p < .001, n = 40" in summary["finding_2"]


def test_nps_by_persona() -> None:
    given: dict[str, list[int]] = defaultdict(list)
    codes = _codes("personas")
    for response in records("responses"):
        given[codes[response["persona"]]].append(response["nps"])
    scores = {
        code: 100 * (sum(answer >= 9 for answer in answers) - sum(answer <= 6 for answer in answers)) / len(answers)
        for code, answers in given.items()
    }
    assert {code: round(score, 1) for code, score in scores.items()} == {"P1": 0.0, "P2": 0.0, "P3": -23.1}


def _brought_codes() -> list[set[str]]:
    """The codes of each interview, in the order held."""
    brought: dict[str, set[str]] = {interview["id"]: set() for interview in records("interviews")}
    for excerpt in records("excerpts"):
        brought[excerpt["interview"]] |= {by_id("codes")[code]["name"] for code in excerpt["codes"]}
    return list(brought.values())


def test_saturation_is_reached_at_the_eleventh_interview() -> None:
    brought = _brought_codes()
    base: set[str] = set().union(*brought[:4])
    assert (len(brought), len(base), len(set().union(*brought))) == (12, 9, 14)
    new = [len(set().union(*brought[at : at + 2]) - set().union(*brought[:at])) for at in range(4, 11)]
    assert new == [2, 1, 2, 2, 1, 0, 0]
    assert 6 + next(at for at, count in enumerate(new) if count / len(base) <= 0.05) == 11


def test_what_how_many_customers_spoke_of_and_that_the_summary_says_it() -> None:
    brought = _brought_codes()
    spoken = {name: sum(name in codes for codes in brought) for name in set().union(*brought)}
    assert sorted(spoken.items(), key=lambda item: (-item[1], item[0]))[:6] == [
        ("good-provider", 7),
        ("hold-time", 6),
        ("late-no-word", 4),
        ("parking", 4),
        ("pharmacy-wait", 4),
        ("result-no-note", 3),
    ]
    low, high = _wilson(spoken["hold-time"], len(brought))
    said = f"Six of twelve interviewed told us about holding (50 %, 95 % interval {low:.0f} to {high:.0f})"
    assert said in records("summary")[0]["finding_1"]


def test_a_blind_spot_and_ghosts() -> None:
    unmapped: dict[str, set[str]] = defaultdict(set)
    for excerpt in records("excerpts"):
        if "new_touchpoint" in excerpt:
            unmapped[excerpt["new_touchpoint"]].add(excerpt["interview"])
    assert {name: len(by) for name, by in unmapped.items() if len(by) >= 2} == {
        "Call the clinic with a question afterwards": 4
    }
    heard = {excerpt.get("touchpoint") for excerpt in records("excerpts")}
    assert [row["code"] for row in records("touchpoints") if row["id"] not in heard] == ["A03", "A21", "A24"]


def test_staff_disagree_about_one_touchpoint() -> None:
    given: dict[str, list[int]] = defaultdict(list)
    for score in records("scores"):
        given[_codes("touchpoints")[score["touchpoint"]]].append(score["emotion"])
    assert len(given) >= 6
    assert min(map(len, given.values())) >= 5
    assert [code for code, scores in given.items() if stdev(scores) > 1] == ["A23"]
    assert all(round(mean(scores)) == _staff()[code] for code, scores in given.items())


def _dots(vote_round: Record) -> dict[str, int]:
    codes = _codes(vote_round["over"])
    dots: dict[str, int] = defaultdict(int)
    for vote in records("votes"):
        if vote["round"] == vote_round["id"]:
            dots[codes[vote["item"]]] += vote["dots"]
    return dots


def test_every_vote_keeps_its_budget() -> None:
    moments, tie, ideas = records("vote_rounds")
    for vote_round, items in ((moments, 14), (tie, 2), (ideas, 14)):
        assert vote_round["dots_each"] == max(3, int(items / 4 + 0.5))
        assert sum(_dots(vote_round).values()) == vote_round["voters"] * vote_round["dots_each"]
    first = _dots(moments)
    assert len(first) == 14
    assert (first["A04"], first["A23"], first["A08"], first["A14"], first["A20"]) == (9, 8, 7, 6, 4)
    assert sorted(sorted(first, key=lambda code: -first[code])[:6]) == TRUTHS
    assert tie["breaks_tie_of"] == moments["id"]
    assert first["A02"] == first["A10"]


def test_personal_ballots_keep_the_cap() -> None:
    ideas = records("vote_rounds")[2]
    ballots: dict[str, list[int]] = defaultdict(list)
    for vote in records("votes"):
        if vote["round"] == ideas["id"]:
            ballots[vote["who"]].append(vote["dots"])
    people = {person["name"] for person in records("people") if person["attends"]}
    assert set(ballots) == people
    assert len(people) == ideas["voters"] == 12
    assert all(sum(dots) == ideas["dots_each"] and max(dots) <= ideas["cap"] for dots in ballots.values())


def test_the_three_highest_pains_are_explained_to_the_fifth_why() -> None:
    codes = _codes("touchpoints")
    scores = {
        pain["id"]: pain["severity"] * pain["frequency"] / 100 * pain["yearly_volume"] for pain in records("pains")
    }
    top = sorted(scores, key=lambda pain: -scores[pain])[:3]
    assert [codes[by_id("pains")[pain]["touchpoint"]] for pain in top] == ["A04", "A14", "A23"]
    causes = {cause["pain"]: cause for cause in records("causes")}
    assert all(causes[pain][f"why_{why}"] for pain in top for why in range(1, 6))


def test_actions_rank_as_in_the_case() -> None:
    codes, questions = _codes("touchpoints"), by_id("hmw")
    place, ice, rice = [], [], []
    for action in records("actions"):
        place.append(codes[questions[by_id("ideas")[action["answers"]]["hmw"]]["touchpoint"]])
        impact, effort, sure = action["impact"], action["effort"], action["confidence"]
        ice.append(impact * sure * (6 - effort))
        rice.append(round(action["reach"] * impact * (sure / 5) / effort))
    ranked = sorted(zip(place, ice, rice, strict=True))
    assert [(code, score) for code, score, _ in sorted(ranked, key=lambda action: -action[1])] == [
        ("A14", 80),
        ("A23", 60),
        ("A08", 48),
        ("A20", 48),
        ("A04", 40),
        ("A10", 36),
    ]
    assert [(code, score) for code, _, score in sorted(ranked, key=lambda action: -action[2])] == [
        ("A14", 24000),
        ("A23", 12000),
        ("A10", 10800),
        ("A04", 9000),
        ("A08", 7467),
        ("A20", 6400),
    ]


def test_blueprint_minutes() -> None:
    codes = _codes("touchpoints")
    minutes: dict[str, list[float]] = defaultdict(lambda: [0, 0])
    lanes: dict[str, set[str]] = defaultdict(set)
    for cell in records("blueprint_cells"):
        code = codes[cell["touchpoint"]]
        lanes[code].add(cell["lane"])
        minutes[code][0] += cell.get("minutes", 0)
        minutes[code][1] += cell.get("standard_minutes", 0)
    assert (minutes["A04"], minutes["A14"]) == ([11, 2], [34, 15])
    assert {code: len(used) for code, used in lanes.items()} == dict.fromkeys(TRUTHS, 5)


def test_the_experiment_needs_173_in_each_arm() -> None:
    first = records("experiments")[0]
    before, after = first["baseline"] / 100, first["target"] / 100
    assert (before, after) == (0.45, 0.6)
    both = (before + after) / 2
    needed = Z * sqrt(2 * both * (1 - both)) + 0.8416 * sqrt(before * (1 - before) + after * (1 - after))
    assert ceil((needed / (after - before)) ** 2) == 173
    assert "173 answers in each arm" in first["stop_rule"]


def test_no_trap_of_ownership_emotion_or_number() -> None:
    touchpoints = records("touchpoints")
    assert sum(row["ownership"] == "owned" for row in touchpoints) / len(touchpoints) < 0.6
    assert any(row["emotion"] < 4 for row in touchpoints)
    assert sum(action["status"] in {"proposed", "doing"} for action in records("actions")) == 6
    assert all(opportunity["pain"] for opportunity in records("opportunities"))
