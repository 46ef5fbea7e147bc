"""The known answers of docs «assessment» §8: figures published by others, reproduced to their printed precision."""

from math import isclose

import pytest

from lms.quizzes.rules.statistics import basics, groups, questions
from lms.quizzes.rules.statistics import tests as whole

MARKS = {"h": 0.5, "e": 0.8, "t": 0.3333333, "3": 0.3, "9": 0.9}


def marks(row: str) -> list[float]:
    return [MARKS[one] if one in MARKS else float(one) for one in row]


def bits(text: str) -> list[list[int]]:
    return [[int(one) for one in row] for row in text.split()]


QUIZ_00 = """1111101 1111h10 1111h01 0011100 101001h 1111h0h 0111h1h 1110h1h 1011111 0110h1h e011h1h 1110h11 1011h1h 101110h
0011011 1010h11 e011h01 101101h 1011h0h 0110h10 11t1h0h 1110h0h 111101h 0010h11 0011111"""
# facility, sd, discrimination %, efficiency %, effective weight %
SLOTS_00 = [
    (0.704, 0.4513682901, -7.0650767526, -9.4550536967, 21.2922742344),
    (0.48, 0.5099019514, -28.8982125772, -36.7834118938, 18.8979800309),
    (0.973333332, 0.13333334, -9.1230674268, -21.6545012165, 4.443012573),
    (0.68, 0.4760952286, -22.6306444113, -31.4411395613, 18.9347251357),
    (0.52, 0.3055050463, -17.6997047674, -21.1794802584, 11.1450138688),
    (0.64, 0.4898979486, -45.3785178421, -56.9365974439, 9.8081339177),
    (0.62, 0.331662479, -5.6543166602, -6.5043742058, 15.4788602394),
]


def near(got: float | None, published: float) -> bool:
    return got is not None and isclose(got, published, rel_tol=1.5e-5)


def rests(rows: list[list[float]], slot: int) -> list[float]:
    return [sum(row) - row[slot] for row in rows]


@pytest.mark.parametrize("slot", range(7))
def test_moodle_quiz_00_slot_by_slot(slot: int) -> None:
    rows = [marks(row) for row in QUIZ_00.split()]
    column, rest = [row[slot] for row in rows], rests(rows, slot)
    facility, sd, discrimination, efficiency, weight = SLOTS_00[slot]
    assert len(rows) == 25
    assert near(questions.facility(column), facility)
    assert near(basics.deviation(column), sd)
    assert near(100 * (questions.discrimination(column, rest) or 0), discrimination)
    assert near(100 * (questions.efficiency(column, rest) or 0), efficiency)
    weights = questions.effective_weights(list(zip(*rows, strict=True)))
    assert near(100 * (weights[slot] or 0), weight)


def test_moodle_quiz_00_as_a_whole() -> None:
    rows = [marks(row) for row in QUIZ_00.split()]
    totals = [sum(row) for row in rows]
    reliability = whole.alpha(rows)
    assert reliability is not None
    assert near(basics.mean(totals), 4.617333332)
    assert near(basics.median(totals), 4.5)
    assert near(basics.deviation(totals), 0.8117265554)
    assert near(basics.skewness(totals), -0.092502502)
    assert near(basics.kurtosis(totals), -0.7073968557)
    assert near(100 * reliability, -87.2230935542)  # random answers: a clamp at 0 would be a fault
    assert near(100 * whole.error_ratio(reliability), 136.8294900795)
    assert near(whole.standard_error(totals, reliability), 1.1106813066)


RANDOM = """5.5:391310011001 1:993310010101 2.5:193100111111 4:391300001001 3:939101001110 4.5:911901110000
3:333310111111 6:991301111001 .5:919301101101 5.5:919311001000 2.5:911901001001 4:939101111101 4:933111100110
3:113101011110 1:193310100000 1:333900010001 1.5:139111011000 4:919101110100 2:993901000000 1:133301101000
6:911900010011 7:933310111100"""
FACILITY = [
    41.19318182, 81.36363636, 71.36363636, 65.45454545, 65.90909091, 36.36363636, 59.09090909, 50, 59.09090909,
    63.63636364, 45.45454545, 27.27272727, 50,
]  # fmt: skip
DISCRIMINATION = [
    25.88327077, 1.170256965, -4.207816809, 28.16930644, -2.513606859, -12.99017581, -8.900638238, 8.670004606,
    29.63337745, 15.18945843, 16.21079629, 15.52451404, -8.396734802,
]  # fmt: skip


def test_moodle_random_data() -> None:
    rows = []
    for token in RANDOM.split():
        first, rest = token.split(":")
        rows.append([0.0] * 7 + [float(first), *marks(rest)])
    assert (len(rows), len(rows[0])) == (22, 20)
    most = [1.0] * 4 + [0.0] * 3 + [8.0] + [1.0] * 12
    for slot in range(20):
        column = [row[slot] for row in rows]
        facility = questions.facility(column, most[slot])
        relation = questions.discrimination(column, rests(rows, slot))
        if slot < 4:
            assert (facility, relation) == (0, None)
        elif slot < 7:
            assert (facility, relation) == (None, None)
        else:
            assert isclose(100 * (facility or 0), FACILITY[slot - 7], rel_tol=1e-9)
            assert isclose(100 * (relation or 0), DISCRIMINATION[slot - 7], rel_tol=1e-8)


def test_kr20_and_kr21_of_the_ten_by_ten_sheet() -> None:
    rows = bits(
        "1100110011 0010110100 1111001111 0101101101 1100111011 1111111011 1000011001 1100111101 1101100001 0000110001"
    )
    totals = [sum(row) for row in rows]
    assert totals == [6, 4, 8, 6, 7, 9, 4, 7, 5, 3]
    assert basics.variance(totals, 0) == pytest.approx(3.29)
    assert sum(p * (1 - p) for p in (basics.mean(column) for column in zip(*rows, strict=True))) == pytest.approx(2.05)
    assert whole.kr20(rows) == pytest.approx(0.4188, abs=5e-5)
    assert whole.kr21(totals, 10) == pytest.approx(0.2942, abs=5e-5)


def test_kr20_is_alpha_and_does_not_mix_the_variances() -> None:
    rows = bits(
        "1111110110 1011011101 1111011001 0010001000 0000010010 1110111111 1101110111 1111111101 0101111101 1101101110"
    )
    shares = [basics.mean(column) for column in zip(*rows, strict=True)]
    assert shares == pytest.approx([0.7, 0.7, 0.6, 0.7, 0.6, 0.8, 0.7, 0.7, 0.5, 0.6])
    assert sum(p * (1 - p) for p in shares) == pytest.approx(2.18)
    assert basics.variance([sum(row) for row in rows], 0) == pytest.approx(5.84)
    assert whole.kr20(rows) == pytest.approx(0.6963, abs=5e-5)
    assert whole.alpha(rows) == pytest.approx(whole.kr20(rows))
    assert whole.kr20(rows) != pytest.approx(0.7378, abs=1e-3)  # pq with the variance by n−1


def test_upper_and_lower_halves() -> None:
    rows = bits(
        "1111111111 1111111101 1101111100 0111110101 1110111001 1110110100 0110110101 0111001010 1110100001 0100010010"
    )
    columns = list(zip(*rows, strict=True))
    assert [basics.mean(one) for one in columns] == pytest.approx([0.6, 1, 0.8, 0.5, 0.8, 0.8, 0.5, 0.6, 0.3, 0.6])
    # the sheet's own halves: its first five rows are the upper ones
    order = list(range(10, 0, -1))
    differences = [questions.upper_lower(one, order, 0.5) for one in columns]
    assert differences == pytest.approx([0.4, 0, 0, 0.6, 0.4, 0.4, 0.6, 0.4, -0.2, 0.4])


def test_alpha_from_covariances() -> None:
    sd = [2.71006, 5.05085, 4.74810, 2.71621, 3.80058]
    r = {(0, 1): 0.679, (0, 2): 0.351, (0, 3): 0.827, (0, 4): 0.022, (1, 2): 0.612, (1, 3): 0.743, (1, 4): -0.463}
    r |= {(2, 3): 0.462, (2, 4): -0.129, (3, 4): -0.011}
    matrix = [[sd[i] * sd[j] * (1 if i == j else r[min(i, j), max(i, j)]) for j in range(5)] for i in range(5)]
    assert whole.alpha_of_covariances(matrix) == pytest.approx(0.6331, abs=5e-5)
    assert whole.standardised_alpha(matrix) == pytest.approx(0.6913, abs=5e-5)
    assert whole.corrected_item_total(matrix, 0) == pytest.approx(0.7117, abs=5e-5)


def test_exact_chances() -> None:
    assert whole.at_least(12, 15, 0.25) == pytest.approx(1.236e-5, rel=5e-4)
    assert whole.at_least(12, 15, 0.5) == pytest.approx(0.017578, abs=5e-7)


def test_mantel_haenszel_of_the_berkeley_admissions() -> None:
    """Six departments, men and women, admitted and rejected (Bickel, Hammel & O'Connell 1975), as R's mantelhaen.test tells them."""
    counts = (
        (512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391), (138, 279, 131, 244), (53, 138, 94, 299), (22, 351, 24, 317),
    )  # fmt: skip
    tables = [groups.Table(*one) for one in counts]
    found = groups.mantel_haenszel(tables)
    assert found is not None
    assert isclose(found.odds, 0.9046968, abs_tol=5e-8)
    assert isclose(found.interval.low, 0.7719074, abs_tol=5e-8) and isclose(
        found.interval.high, 1.0603298, abs_tol=5e-8
    )
    assert isclose(groups.chi_square(tables) or 0, 1.4269, abs_tol=5e-5)
    assert isclose(groups.chi_square(tables, corrected=False) or 0, 1.5246, abs_tol=5e-5)
