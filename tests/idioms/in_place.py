"""Arguments that a call changes, or should not."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="changed-in-place",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def flip(bits):
                for k in range(len(bits)):
                    bits[k] = 1 - bits[k]

            def rename(record, old, new):
                record[new] = record.pop(old)

            def normalise(state):
                state /= np.linalg.norm(state)
        """,
        test="""
            bits = [0, 1, 1]
            flip(bits)
            assert bits == [1, 0, 0]
            record = {"colour": "red", "size": 3}
            rename(record, "colour", "color")
            assert record == {"size": 3, "color": "red"}
            state = np.array([3.0, 4.0])
            view = state[:1]
            normalise(state)
            np.testing.assert_allclose(state, [0.6, 0.8])
            assert abs(view[0] - 0.6) < 1e-12, "change the array itself"
        """,
        rights=(
            Right(
                "slices",
                """
            def flip(bits):
                bits[:] = [not b for b in bits]

            def rename(record, old, new):
                record[new] = record[old]
                del record[old]

            def normalise(state):
                state[:] = state / np.sqrt(np.sum(np.abs(state) ** 2))
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "new objects",
                "def flip(bits):\n    bits = [1 - b for b in bits]\n"
                "def rename(record, old, new):\n    record = {new: record[old]}\n"
                "def normalise(state):\n    state = state / 5",
            ),
        ),
    ),
    Idiom(
        name="nested-changed-in-place",
        mode=DATA,
        answer="""
            def promote(school):
                for room in school["rooms"]:
                    room["year"] += 1
                    room["names"].sort()
                school["log"].append(len(school["rooms"]))
        """,
        test="""
            names = ["Mina", "Ara"]
            school = {"rooms": [{"year": 1, "names": names}, {"year": 2, "names": []}], "log": []}
            promote(school)
            assert [room["year"] for room in school["rooms"]] == [2, 3]
            assert names == ["Ara", "Mina"], "sort the list that is there"
            promote(school)
            assert school["log"] == [2, 2]
        """,
        rights=(
            Right(
                "with indices",
                """
            def promote(school):
                for k in range(len(school["rooms"])):
                    school["rooms"][k]["year"] = school["rooms"][k]["year"] + 1
                    school["rooms"][k]["names"][:] = sorted(school["rooms"][k]["names"])
                school["log"] += [2]
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "new lists",
                """
            def promote(school):
                for room in school["rooms"]:
                    room["year"] += 1
                    room["names"] = sorted(room["names"])
                school["log"] = school["log"] + [len(school["rooms"])]
        """,
            ),
        ),
    ),
    Idiom(
        name="argument-not-changed",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def smallest(values, n):
                return sorted(values)[:n]
        """,
        test="""
            values = [3, 1, 2]
            array = np.array([5.0, 4.0])
            assert list(smallest(values, 2)) == [1, 2]
            assert list(smallest(array, 1)) == [4]
            assert values == [3, 1, 2] and array.tolist() == [5, 4], "leave the argument as it was"
        """,
        rights=(Right("numpy", "def smallest(values, n):\n    return np.sort(values)[:n]"),),
        wrongs=(Wrong("sorts in place", "def smallest(values, n):\n    values.sort()\n    return values[:n]"),),
    ),
)
