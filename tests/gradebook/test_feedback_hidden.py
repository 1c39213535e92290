import pytest

from qlearn.gradebook.feedback_hidden import author_templates, cut_hidden, hidden_lines, hidden_message
from qlearn.gradebook.feedback_words import WORDS

WORDS_EN = WORDS["en"]
NOT_PASSED = WORDS_EN["hidden_not_passed"]

SOURCE = """assert sides(1) == 2, "one coin has two sides"
### BEGIN HIDDEN TESTS
def check_many(n):
    got = sides(n)
    assert got == 2**n, f"with {n} coins you found {got} ways; did you add instead of multiply?"
    np.testing.assert_allclose(got, 1024, err_msg="ten coins fall in many more ways")
    assert sides(17) == 131072
    assert sides(18) == 262144, "%d is not what eighteen coins give" % got
    unittest.TestCase().assertEqual(sides(10), 1024, "ten coins, all fair")
    unittest.TestCase().assertEqual(name_of(sides), "the secret name")
check_many(10)
### END HIDDEN TESTS"""


def message(name: str, value: str, raised_in: str = "", source: str = SOURCE) -> str:
    templates = author_templates(source)
    return hidden_message(name, value, raised_in=raised_in, source=source, templates=templates, words=WORDS_EN)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"),
        ("###BEGIN HIDDEN TESTS", "#END HIDDEN TESTS"),
        ("    ### begin hidden tests", "    ### end hidden tests"),
        ("# Begin   Hidden\tTests ###", "# End  Hidden Tests ###"),
        ("### BEGIN MARK SCHEME", "### END MARK SCHEME"),
    ],
)
def test_a_region_is_cut_however_its_markers_are_spaced_and_capitalised(begin: str, end: str) -> None:
    kept, hidden = cut_hidden(f"before\n{begin}\nsecret\n{end}\nafter")
    assert kept == "before\nafter"
    assert hidden == f"{begin}\nsecret\n{end}"


def test_a_region_that_is_not_closed_goes_on_to_the_end() -> None:
    assert cut_hidden("a\n### BEGIN HIDDEN TESTS\nsecret\n# END") == ("a", "### BEGIN HIDDEN TESTS\nsecret\n# END")


def test_two_regions_and_a_courses_own_markers_are_cut() -> None:
    source = "a\n# VERBORGEN\nsecret\n# OFFEN\nb\n# VERBORGEN\nsecret\n# OFFEN\nc"
    assert cut_hidden(source, (("VERBORGEN", "OFFEN"),))[0] == "a\nb\nc"


def test_lines_that_stand_in_shown_cells_too_tell_nothing() -> None:
    assert hidden_lines(
        ["x = 1\n  rng = default_rng(7)\ncheck(secret_value)"], ["rng  = default_rng(7)\nrng = default_rng(7)"]
    ) == {"check(secret_value)"}


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("AssertionError", "one coin has two sides", "one coin has two sides"),
        (
            "AssertionError",
            "with 10 coins you found 20 ways; did you add instead of multiply?",
            "with 10 coins you found 20 ways; did you add instead of multiply?",
        ),
        ("AssertionError", "20 is not what eighteen coins give", "20 is not what eighteen coins give"),
        ("Misconception", "A helper's own words. [added-not-multiplied]", "A helper's own words."),
        (
            "AssertionError",
            "Your answer is 20, and it should be larger.",
            "Your answer is 20, and it should be larger.",
        ),
    ],
)
def test_the_message_an_author_wrote_is_shown(name: str, value: str, shown: str) -> None:
    assert message(name, value) == shown
    assert message(name, value, raised_in="test") == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", NOT_PASSED),
        ("sides(17) == 131072", NOT_PASSED),
        ("assert sides(17) == 131072", NOT_PASSED),
        ("assert sides( 17 )==131072 failed", NOT_PASSED),
        ("assert 34 == 131072", NOT_PASSED),
        ("34 != 131072", NOT_PASSED),
        ("20 != 1024 : ten coins, all fair", "ten coins, all fair"),
        (
            "\nNot equal to tolerance rtol=1e-07, atol=0\nten coins fall in many more ways\n"
            "Mismatched elements: 1 / 1\nMax absolute difference: 1004\n ACTUAL: array(20)\n DESIRED: array(1024)",
            "ten coins fall in many more ways",
        ),
        ("\nArrays are not almost equal to 7 decimals\n ACTUAL: 20\n DESIRED: 1024", NOT_PASSED),
        ("\nItems are not equal:\n ACTUAL: 20\n DESIRED: 1024", NOT_PASSED),
        ("Lists differ: [1, 2] != [1, 1024]\n\nFirst differing element 1:\n2\n1024", NOT_PASSED),
        ("1024 not found in [1, 2]", NOT_PASSED),
        ("20 not greater than 1024", NOT_PASSED),
        ("20 is not 1024", NOT_PASSED),
        ("'sides' != 'the secret name'\n- sides\n+ the secret name\n", NOT_PASSED),
        ('DataFrame.iloc[:, 0] (column name="a") are different\n[left]:  [20]\n[right]: [1024]', NOT_PASSED),
    ],
)
def test_values_that_a_library_or_a_bare_assert_prints_are_not(value: str, shown: str) -> None:
    assert message("AssertionError", value, raised_in="test") == shown


def test_an_error_in_the_students_code_is_named_and_its_text_withheld() -> None:
    said = "Your code raised ValueError while a hidden test called it."
    assert message("ValueError", "10 coins are too many") == said
    assert message("ValueError", "10 coins are too many", raised_in="student") == said
    assert "10" not in message("AssertionError", "10 coins are too many", raised_in="student")


@pytest.mark.parametrize("name", ["called_with_10", "<script>", "None", "print", "secret"])
def test_a_name_that_python_does_not_know_is_withheld_too(name: str) -> None:
    assert message(name, "x", raised_in="student") == WORDS_EN["hidden_raised_own"]
    assert message(name, "x", raised_in="test") == NOT_PASSED


def test_an_error_that_the_test_met_is_named_and_its_text_withheld() -> None:
    said = "A hidden test could not go on with what your code gave (KeyError)."
    assert message("KeyError", "'the hidden key'", raised_in="test") == said


def test_a_limits_message_is_the_graders_own() -> None:
    said = "This cell ran for more than 60 seconds and was stopped. Look for a loop that never ends."
    assert message("CellTimeoutError", said) == said
    assert message("MemoryLimit", "It used more than 2 GiB.", raised_in="host") == "It used more than 2 GiB."
    assert "1024" not in message("CellTimeoutError", f"{said} 1024")


def test_a_cell_that_is_no_python_has_no_templates() -> None:
    assert author_templates("def (") == ()
    assert author_templates("%matplotlib inline\nassert x, 'said'")


def test_a_template_is_compared_in_linear_time() -> None:
    (template,) = author_templates('assert x, f"{a} {b} {c} {d} {e} {f} end"')
    assert not template.fits(" " * 100_000)
    assert template.fits("1 2 3 4 5 6 end")
    assert not template.fits("1 2 end")
