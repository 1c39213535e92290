"""Tests that reach into the notebook to change it or to read its cells."""

from idioms.idiom import DATA, NONE, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="test-sets-a-global",
        mode=NONE,
        why="the test's variables never travel to the student's process",
        setup="temperature = 300",
        answer="""
            def energy():
                return 1.5 * 1.380649e-23 * temperature
        """,
        test="""
            assert abs(energy() / 6.2129e-21 - 1) < 1e-3
            temperature = 600
            assert abs(energy() / 1.24258e-20 - 1) < 1e-3, "use the variable temperature"
        """,
        rights=(Right("other order", "k = 1.380649e-23\ndef energy():\n    return temperature * k * 3 / 2"),),
        wrongs=(Wrong("fixed", "def energy():\n    return 1.5 * 1.380649e-23 * 300"),),
    ),
    Idiom(
        name="patched-input",
        mode=NONE,
        why="a patch of input() would have to be made in the student's process",
        setup="from unittest import mock",
        answer="""
            def ask():
                return 2 * int(input("A number: "))
        """,
        test="""
            with mock.patch("builtins.input", return_value="21"):
                assert ask() == 42
            with mock.patch("builtins.input", side_effect=["3"]) as asked:
                assert ask() == 6
            asked.assert_called_once()
        """,
        rights=(Right("float first", "def ask():\n    text = input()\n    return int(float(text) * 2)"),),
        wrongs=(Wrong("no question", "def ask():\n    return 42"),),
    ),
    Idiom(
        name="replaced-helper",
        mode=NONE,
        why="a replaced helper would have to be put into the student's process",
        setup="""
            def roll():
                return 4
        """,
        answer="""
            def game():
                return roll() + roll()
        """,
        test="""
            faces = iter([1, 6])
            original = roll
            globals()["roll"] = lambda: next(faces)
            try:
                assert game() == 7
            finally:
                globals()["roll"] = original
        """,
        rights=(Right("a sum", "def game():\n    return sum([roll(), roll()])"),),
        wrongs=(Wrong("one roll", "def game():\n    return 2 * roll()"),),
    ),
    Idiom(
        name="forbidden-word-in-history",
        mode=NONE,
        why="the list of inputs lives in the student's process, which can rewrite it",
        answer="""
            total = 0
            for n in range(1, 11):
                total += n
        """,
        test="""
            assert total == 55
            assert "sum(" not in In[-2], "add the numbers in a loop"
            assert "for" in _ih[-2] or "while" in _ih[-2]
        """,
        rights=(Right("while", "total = n = 0\nwhile n < 10:\n    n += 1\n    total += n"),),
        wrongs=(Wrong("sum", "total = sum(range(11))"),),
    ),
    Idiom(
        name="eval-of-students-text",
        mode=NONE,
        why="text that a student wrote would run as code in the trusted process",
        answer='formula = "3 * x**2 + 1"',
        test="""
            for x in (0, 1, 2.5):
                assert abs(eval(formula, {"x": x}) - (3 * x * x + 1)) < 1e-9
        """,
        rights=(Right("written otherwise", 'formula = "1 + x * x * 3"'),),
        wrongs=(
            Wrong("no square", 'formula = "3 * x + 1"'),
            Wrong(
                "changes the judge",
                "formula = \"__import__('sys')._getframe(1).f_globals.update(abs=lambda _: 0) or 1\"",
                in_one_process=2,
            ),
        ),
    ),
    Idiom(
        name="exec-of-students-text",
        mode=NONE,
        why="text that a student wrote would run as code in the trusted process",
        answer="""
            program = "a = 3\\nb = a * 4"
        """,
        test="""
            space = {}
            exec(program, space)
            assert space["b"] == 12
        """,
        rights=(Right("one line", "program = 'b = 12'"),),
        wrongs=(Wrong("eleven", "program = 'b = 11'"),),
    ),
    Idiom(
        name="literal-in-students-text",
        mode=DATA,
        setup="import ast\nimport json",
        answer="""
            as_python = repr({"bases": ("Z", "X"), "n": 2})
            as_json = json.dumps([1, 2.5, None])
        """,
        test="""
            assert ast.literal_eval(as_python) == {"bases": ("Z", "X"), "n": 2}
            assert json.loads(as_json) == [1, 2.5, None]
        """,
        rights=(
            Right("by hand", "as_python = '{\\'n\\': 2, \\'bases\\': (\\'Z\\', \\'X\\')}'\nas_json = '[1,2.5,null]'"),
        ),
        wrongs=(
            Wrong(
                "Python for JSON",
                "as_python = '{\\'n\\': 2, \\'bases\\': (\\'Z\\', \\'X\\')}'\nas_json = '[1, 2.5, None]'",
            ),
        ),
    ),
    Idiom(
        name="eval-of-changed-text",
        mode=NONE,
        why="text that a student wrote would run as code in the trusted process",
        answer='formula = "3 * x^2 + 1"',
        test="""
            for x in (0, 1, 2.5):
                assert abs(eval(formula.replace("^", "**"), {"x": x}) - (3 * x * x + 1)) < 1e-9
        """,
        rights=(Right("written otherwise", 'formula = "1 + 3 * (x^2)"'),),
        wrongs=(
            Wrong("no square", 'formula = "3 * x + 1"'),
            Wrong(
                "changes the judge",
                "formula = \"__import__('sys')._getframe(1).f_globals.update(abs=lambda _: 0) or 1^0\"",
                in_one_process=2,
            ),
        ),
    ),
)
