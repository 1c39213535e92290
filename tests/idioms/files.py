"""Files: written by the answer, read by the test, or brought by the assignment."""

from idioms.idiom import DATA, NONE, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="file-written-by-student",
        mode=DATA,
        setup="import csv, os\nimport numpy as np",
        answer="""
            with open("squares.csv", "w", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["n", "square"])
                for n in range(3):
                    writer.writerow([n, n * n])
        """,
        test="""
            assert os.path.exists("squares.csv"), "write squares.csv"
            with open("squares.csv") as file:
                rows = list(csv.DictReader(file))
            assert [int(row["square"]) for row in rows] == [0, 1, 4]
            np.testing.assert_allclose(np.loadtxt("squares.csv", delimiter=",", skiprows=1)[:, 0], [0, 1, 2])
        """,
        rights=(
            Right(
                "pathlib", "from pathlib import Path\nPath('squares.csv').write_text('n,square\\n0,0\\n1,1\\n2,4\\n')"
            ),
        ),
        wrongs=(
            Wrong("another file", "with open('square.csv', 'w') as f:\n    f.write('n,square\\n0,0\\n1,1\\n2,4\\n')"),
            Wrong("cubes", "with open('squares.csv', 'w') as f:\n    f.write('n,square\\n0,0\\n1,1\\n2,8\\n')"),
        ),
    ),
    Idiom(
        name="file-written-by-a-call",
        mode=DATA,
        setup="import json\nfrom pathlib import Path",
        answer="""
            def save(record, path):
                with open(path, "w") as file:
                    json.dump(record, file)
        """,
        test="""
            save({"key": [0, 1]}, "key.json")
            assert json.loads(Path("key.json").read_text()) == {"key": [0, 1]}
        """,
        rights=(Right("dumps", "def save(record, path):\n    Path(path).write_text(json.dumps(record, indent=1))"),),
        wrongs=(Wrong("repr", "def save(record, path):\n    Path(path).write_text(repr(record))"),),
    ),
    Idiom(
        name="data-file-read-by-both",
        mode=DATA,
        setup="import numpy as np",
        data=(("counts.txt", b"# seconds counts\n0 10\n1 14\n2 9\n"),),
        answer="""
            def load(path):
                return np.loadtxt(path)[:, 1]

            peak = load("counts.txt").max()
        """,
        test="""
            expected = np.loadtxt("counts.txt")
            assert peak == expected[:, 1].max() == 14
            np.testing.assert_array_equal(load("counts.txt"), expected[:, 1])
            with open("counts.txt") as file:
                assert file.readline().startswith("#")
        """,
        rights=(
            Right(
                "by hand",
                """
            def load(path):
                with open(path) as lines:
                    return [float(line.split()[1]) for line in lines if line[0] != "#"]

            peak = max(load("counts.txt"))
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "first column", "def load(path):\n    return np.loadtxt(path)[:, 0]\npeak = load('counts.txt').max()"
            ),
        ),
    ),
    Idiom(
        name="temporary-folder-of-the-test",
        mode=NONE,
        why="the student's process cannot write into a folder that the test made",
        setup="import os, tempfile",
        answer="""
            def write_log(path, lines):
                with open(path, "w") as file:
                    file.write("\\n".join(lines))
        """,
        test="""
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "log.txt")
                write_log(path, ["a", "b"])
                with open(path) as file:
                    assert file.read().split() == ["a", "b"]
        """,
        rights=(
            Right(
                "print",
                "def write_log(path, lines):\n    with open(path, 'w') as f:\n        print(*lines, sep='\\n', file=f)",
            ),
        ),
        wrongs=(
            Wrong(
                "no line breaks",
                "def write_log(path, lines):\n    with open(path, 'w') as f:\n        f.writelines(lines)",
            ),
        ),
    ),
    Idiom(
        name="run-magic-on-students-file",
        mode=NONE,
        why="the student's file would run in the trusted process",
        answer="""
            %%writefile fall.py
            g = 9.81

            def speed(t):
                return g * t
        """,
        test="""
            %run fall.py
            assert abs(speed(2) - 19.62) < 1e-9
        """,
        rights=(Right("a lambda", "%%writefile fall.py\nspeed = lambda t: t * 9.81"),),
        wrongs=(Wrong("ten", "%%writefile fall.py\ndef speed(t):\n    return 10 * t"),),
    ),
    Idiom(
        name="import-of-students-file",
        mode=NONE,
        why="the student's file would run in the trusted process",
        answer="""
            %%writefile optics_of_mine.py
            def lens(f, g):
                return 1 / (1 / f - 1 / g)
        """,
        test="""
            import importlib, sys

            sys.path.insert(0, "")
            sys.modules.pop("optics_of_mine", None)
            importlib.invalidate_caches()
            optics = importlib.import_module("optics_of_mine")
            sys.path.remove("")
            assert abs(optics.lens(1.0, 2.0) - 2) < 1e-9
        """,
        rights=(Right("one fraction", "%%writefile optics_of_mine.py\nlens = lambda f, g: f * g / (g - f)"),),
        wrongs=(Wrong("sum of lengths", "%%writefile optics_of_mine.py\ndef lens(f, g):\n    return f + g"),),
    ),
    Idiom(
        name="pickle-of-students-file",
        mode=DATA,
        setup="import pickle",
        answer="""
            with open("result.pkl", "wb") as file:
                pickle.dump({"visibility": 0.9}, file)
        """,
        test="""
            with open("result.pkl", "rb") as file:
                assert pickle.load(file)["visibility"] == 0.9
        """,
        rights=(
            Right("dumps", "with open('result.pkl', 'wb') as f:\n    f.write(pickle.dumps(dict(visibility=9 / 10)))"),
        ),
        wrongs=(Wrong("another value", "with open('result.pkl', 'wb') as f:\n    pickle.dump({'visibility': 1}, f)"),),
    ),
    Idiom(
        name="array-file-written-by-student",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            np.save("phase.npy", np.arange(3.0))
            np.savez("both.npz", t=np.arange(2), y=np.ones(2))
        """,
        test="""
            np.testing.assert_array_equal(np.load("phase.npy"), [0, 1, 2])
            with np.load("both.npz") as arrays:
                assert sorted(arrays) == ["t", "y"]
                assert arrays["y"].sum() == 2
        """,
        rights=(
            Right("compressed", "np.savez_compressed('both', y=np.ones(2), t=[0, 1])\nnp.save('phase', [0, 1, 2])"),
        ),
        wrongs=(
            Wrong("text", "np.savetxt('phase.npy', np.arange(3.0))\nnp.savez('both.npz', t=[0], y=[2])"),
            Wrong("objects", "np.save('phase.npy', np.array([0, 1, 2], dtype=object), allow_pickle=True)"),
        ),
    ),
)
