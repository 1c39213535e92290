"""Seeds and random generators."""

from idioms.idiom import DATA, Idiom, Right, Wrong

IDIOMS = (
    Idiom(
        name="random-seed",
        mode=DATA,
        setup="import random",
        answer="""
            def toss(n):
                return [random.randint(0, 1) for _ in range(n)]
        """,
        test="""
            random.seed(7)
            expected = [random.randint(0, 1) for _ in range(20)]
            random.seed(7)
            assert toss(20) == expected
            random.seed(8)
            first = toss(30)
            random.seed(8)
            assert toss(30) == first
            assert toss(30) != first
        """,
        rights=(
            Right(
                "a loop",
                "def toss(n):\n    result = []\n    while len(result) < n:\n"
                "        result.append(random.randint(0, 1))\n    return result",
            ),
        ),
        wrongs=(
            Wrong("own seed", "def toss(n):\n    random.seed(1)\n    return [random.randint(0, 1) for _ in range(n)]"),
        ),
    ),
    Idiom(
        name="numpy-random-seed",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def noisy(signal, sigma):
                return signal + sigma * np.random.randn(len(signal))
        """,
        test="""
            np.random.seed(42)
            expected = np.ones(5) + 0.1 * np.random.randn(5)
            np.random.seed(42)
            np.testing.assert_allclose(noisy(np.ones(5), 0.1), expected)
            np.random.seed(0)
            assert abs(np.std(noisy(np.zeros(4000), 2.0)) - 2) < 0.2
        """,
        rights=(
            Right(
                "normal", "def noisy(signal, sigma):\n    return signal + np.random.normal(0, sigma, size=signal.shape)"
            ),
        ),
        wrongs=(
            Wrong("variance", "def noisy(signal, sigma):\n    return signal + sigma**2 * np.random.randn(len(signal))"),
        ),
    ),
    Idiom(
        name="generator-passed-and-reused",
        mode=DATA,
        setup="import numpy as np",
        answer="""
            def choose_bases(n, rng):
                return rng.integers(0, 2, size=n)
        """,
        test="""
            rng = np.random.default_rng(11)
            a, b = choose_bases(50, rng), choose_bases(50, rng)
            assert len(a) == len(b) == 50
            assert set(np.concatenate([a, b]).tolist()) == {0, 1}
            assert list(a) != list(b), "take new random numbers each time"
            twin = np.random.default_rng(11)
            assert list(choose_bases(50, rng=twin)) == list(a)
            assert rng.random() != np.random.default_rng(11).random()
        """,
        rights=(
            Right("choice", "def choose_bases(n, rng):\n    return rng.choice([0, 1], n)"),
            Right("one by one", "def choose_bases(n, rng):\n    return [int(rng.random() < 0.5) for _ in range(n)]"),
        ),
        wrongs=(
            Wrong(
                "its own generator",
                "def choose_bases(n, rng):\n    return np.random.default_rng(3).integers(0, 2, size=n)",
            ),
            Wrong("global chance", "def choose_bases(n, rng):\n    return np.random.randint(0, 2, n)"),
        ),
    ),
    Idiom(
        name="random-object-passed",
        mode=DATA,
        setup="import random",
        answer="""
            def deal(cards, rng):
                cards = list(cards)
                rng.shuffle(cards)
                return cards
        """,
        test="""
            first = deal(range(20), random.Random(5))
            assert sorted(first) == list(range(20))
            assert first == deal(range(20), random.Random(5))
            shared = random.Random(5)
            assert deal(range(20), shared) != deal(range(20), shared)
        """,
        rights=(Right("sample", "def deal(cards, rng):\n    return rng.sample(list(cards), len(cards))"),),
        wrongs=(
            Wrong(
                "global",
                "import random\ndef deal(cards, rng):\n    cards = list(cards)\n"
                "    random.shuffle(cards)\n    return cards",
            ),
        ),
    ),
)
