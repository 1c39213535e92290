"""Lists, sets, dictionaries and nests of them."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="list-equal",
        mode=DATA,
        answer="squares = [n * n for n in range(5)]",
        test="""
            assert squares == [0, 1, 4, 9, 16]
            assert type(squares) is list
        """,
        rights=(Right("numpy integers in it", "import numpy as np\nsquares = list(np.arange(5) ** 2)"),),
        wrongs=(
            Wrong("one short", "squares = [n * n for n in range(4)]"),
            Wrong("a tuple", "squares = (0, 1, 4, 9, 16)"),
        ),
    ),
    Idiom(
        name="set-of-any-collection",
        mode=DATA,
        answer="primes = [n for n in range(2, 20) if all(n % k for k in range(2, n))]",
        test="""
            assert set(primes) == {2, 3, 5, 7, 11, 13, 17, 19}
            assert {4, 6, 8}.isdisjoint(primes)
        """,
        rights=(
            Right("a set", "primes = {2, 3, 5, 7, 11, 13, 17, 19}"),
            Right("an array", "import numpy as np\nprimes = np.array([2, 3, 5, 7, 11, 13, 17, 19])"),
            Right("keys of a dict", "primes = dict.fromkeys([2, 3, 5, 7, 11, 13, 17, 19]).keys()", unforeseen=True),
        ),
        wrongs=(Wrong("with 1", "primes = [1, 2, 3, 5, 7, 11, 13, 17, 19]"),),
    ),
    Idiom(
        name="dict-lookup",
        mode=DATA,
        answer='spins = {"electron": 0.5, "photon": 1, "pion": 0}',
        test="""
            assert len(spins) == 3
            assert sorted(spins) == ["electron", "photon", "pion"]
            assert spins.get("photon") == 1
            for name, spin in spins.items():
                assert (2 * spin) % 1 == 0, f"{name} cannot have spin {spin}"
        """,
        rights=(
            Right(
                "an ordered dict",
                "from collections import OrderedDict\nspins = OrderedDict(pion=0, photon=1, electron=1 / 2)",
            ),
            Right(
                "a default dict",
                "from collections import defaultdict\nspins = defaultdict(float, pion=0, photon=1, electron=1 / 2)",
            ),
        ),
        wrongs=(
            Wrong("photon has 0", 'spins = {"electron": 0.5, "photon": 0, "pion": 0}'),
            Wrong("a list of pairs", 'spins = [("electron", 0.5), ("photon", 1), ("pion", 0)]'),
        ),
    ),
    Idiom(
        name="nested-containers",
        mode=DATA,
        answer="""
            board = [[0] * 3 for _ in range(3)]
            board[1][1] = 5
            record = {"board": board, "moves": [(1, 1)], "tags": {"centre"}}
        """,
        test="""
            assert record["board"][1][1] == 5
            assert sum(map(sum, record["board"])) == 5, "did you change one row or all of them?"
            (row, column), = record["moves"]
            assert (row, column) == (1, 1)
            assert "centre" in record["tags"]
        """,
        rights=(
            Right(
                "rows as arrays",
                """
                import numpy as np
                board = np.zeros((3, 3), int)
                board[1, 1] = 5
                record = dict(board=board, moves=((1, 1),), tags=["centre"])
                """,
            ),
        ),
        wrongs=(
            Wrong(
                "the same row three times",
                """
                board = [[0] * 3] * 3
                board[1][1] = 5
                record = {"board": board, "moves": [(1, 1)], "tags": {"centre"}}
                """,
            ),
        ),
    ),
    Idiom(
        name="sets-compared",
        mode=DATA,
        answer="both = {1, 2, 3} & {2, 3, 4}\neither = {1, 2, 3} | {2, 3, 4}",
        test="""
            assert both == {2, 3}
            assert both < either and either - both == {1, 4}
            assert isinstance(both, (set, frozenset))
        """,
        rights=(Right("frozen", "both = frozenset([2, 3])\neither = frozenset([1, 2, 3, 4])"),),
        wrongs=(Wrong("exchanged", "both = {1, 2, 3, 4}\neither = {2, 3}"), Wrong("a list", "both = either = [2, 3]")),
    ),
    Idiom(
        name="json-of-result",
        mode=DATA,
        setup="import json",
        answer='result = {"bases": ["Z", "X"], "qber": 0.25, "kept": None, "ok": True}',
        test="""
            text = json.dumps(result, sort_keys=True)
            assert text == '{"bases": ["Z", "X"], "kept": null, "ok": true, "qber": 0.25}'
            assert json.loads(text)["bases"][0] == "Z"
        """,
        rights=(Right("tuples become lists", 'result = dict(ok=True, qber=1 / 4, kept=None, bases=("Z", "X"))'),),
        wrongs=(Wrong("a set in it", 'result = {"bases": {"Z", "X"}, "qber": 0.25, "kept": None, "ok": True}'),),
    ),
    Idiom(
        name="deepcopy-of-value",
        mode=DATA,
        setup="import copy",
        answer="""
            matrix = [[1, 2], [3, 4]]

            def transposed(rows):
                return [list(column) for column in zip(*rows)]
        """,
        test="""
            before = copy.deepcopy(matrix)
            assert transposed(matrix) == [[1, 3], [2, 4]]
            assert matrix == before, "your function changed its argument"
        """,
        rights=(
            Right(
                "by index",
                "matrix = [[1, 2], [3, 4]]\ndef transposed(rows):\n"
                "    return [[row[k] for row in rows] for k in range(len(rows[0]))]",
            ),
        ),
        wrongs=(
            Wrong(
                "changes its argument",
                """
                matrix = [[1, 2], [3, 4]]

                def transposed(rows):
                    rows[0][1], rows[1][0] = rows[1][0], rows[0][1]
                    return rows
            """,
            ),
        ),
    ),
)
