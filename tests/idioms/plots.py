"""Plots, inspected through matplotlib's objects."""

from idioms.idiom import PROXIES, Idiom, Right, Wrong

_PLT = "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nimport numpy as np"

IDIOMS = (
    Idiom(
        name="figure-and-axes-variables",
        mode=PROXIES,
        setup=_PLT,
        answer="""
            x = np.linspace(0, 6, 50)
            fig, ax = plt.subplots()
            ax.plot(x, np.sin(x), label="sin", color="red")
            ax.plot(x, np.cos(x), "--", label="cos")
            ax.set_xlabel("time (s)")
            ax.set_ylabel("amplitude")
            ax.set_title("Waves")
            ax.legend()
        """,
        test="""
            assert len(fig.axes) == 1
            assert ax.get_xlabel() and "s" in ax.get_xlabel(), "label the time axis with its unit"
            assert ax.get_ylabel() != "" and ax.get_title() == "Waves"
            assert len(ax.lines) == 2
            line = ax.lines[0]
            np.testing.assert_allclose(line.get_ydata(), np.sin(line.get_xdata()), atol=1e-9)
            x, y = ax.get_lines()[1].get_data()
            assert len(x) >= 20 and np.allclose(y, np.cos(x))
            assert [text.get_text() for text in ax.get_legend().get_texts()] == ["sin", "cos"]
            assert ax.lines[0].get_label() == "sin"
        """,
        rights=(
            Right(
                "plt's functions",
                """
            x = np.arange(0, 7, 0.1)
            plt.figure()
            plt.plot(x, np.sin(x), label="sin")
            plt.plot(x, np.cos(x), label="cos")
            plt.xlabel("t / s")
            plt.ylabel("y")
            plt.title("Waves")
            plt.legend(loc="upper right")
            fig, ax = plt.gcf(), plt.gca()
        """,
            ),
        ),
        wrongs=(
            Wrong(
                "no legend",
                """
            x = np.arange(0, 7, 0.1)
            fig, ax = plt.subplots()
            ax.plot(x, np.sin(x), x, np.cos(x))
            ax.set(xlabel="t (s)", ylabel="y", title="Waves")
        """,
            ),
        ),
    ),
    Idiom(
        name="current-figure-after-the-call",
        mode=PROXIES,
        setup=_PLT,
        answer="""
            def draw(values):
                plt.bar(range(len(values)), values)
                plt.xlabel("outcome")
                plt.ylim(0, 1)
        """,
        test="""
            plt.close("all")
            draw([0.5, 0.25, 0.25])
            axes = plt.gcf().get_axes()
            assert len(axes) == 1
            assert [bar.get_height() for bar in plt.gca().patches] == [0.5, 0.25, 0.25]
            assert plt.gca().get_xlabel().lower() == "outcome"
            assert plt.gca().get_ylim() == (0, 1)
            plt.close("all")
        """,
        rights=(
            Right(
                "axes methods",
                "def draw(values):\n    fig, ax = plt.subplots()\n"
                "    ax.bar(['a', 'b', 'c'], values)\n    ax.set(xlabel='Outcome', ylim=(0, 1))",
            ),
        ),
        wrongs=(
            Wrong("a line", "def draw(values):\n    plt.plot(values)\n    plt.xlabel('outcome')\n    plt.ylim(0, 1)"),
        ),
    ),
    Idiom(
        name="returned-figure",
        mode=PROXIES,
        setup=_PLT + "\nfrom matplotlib.figure import Figure",
        answer="""
            def decay_plot(rate):
                t = np.linspace(0, 5, 30)
                figure, (left, right) = plt.subplots(1, 2)
                left.plot(t, np.exp(-rate * t))
                right.semilogy(t, np.exp(-rate * t))
                return figure
        """,
        test="""
            figure = decay_plot(2.0)
            assert isinstance(figure, Figure)
            assert len(figure.axes) == 2, "draw two panels"
            for axes in figure.axes:
                t, n = axes.lines[0].get_data()
                np.testing.assert_allclose(n, np.exp(-2 * t))
            assert [axes.get_yscale() for axes in figure.axes] == ["linear", "log"]
            plt.close(figure)
        """,
        rights=(
            Right(
                "add_subplot",
                """
            def decay_plot(rate):
                t = np.linspace(0, 1, 100)
                figure = plt.figure(figsize=(8, 3))
                for k, scale in enumerate(["linear", "log"], start=1):
                    axes = figure.add_subplot(1, 2, k)
                    axes.plot(t, np.exp(-t * rate), ".")
                    axes.set_yscale(scale)
                return figure
        """,
            ),
        ),
        wrongs=(
            Wrong("axes returned", "def decay_plot(rate):\n    fig, axes = plt.subplots(1, 2)\n    return axes"),
            Wrong(
                "one panel",
                "def decay_plot(rate):\n    fig, ax = plt.subplots()\n    t = np.arange(5)\n"
                "    ax.plot(t, np.exp(-rate * t))\n    return fig",
            ),
        ),
    ),
    Idiom(
        name="draws-on-given-axes",
        mode=PROXIES,
        setup=_PLT,
        answer="""
            def mark(ax, points):
                ax.scatter([p[0] for p in points], [p[1] for p in points])
                ax.axhline(0, color="black")
                return ax
        """,
        test="""
            fig, ax = plt.subplots()
            mark(ax, [(0, 1), (2, 3)])
            assert len(ax.collections) == 1
            np.testing.assert_allclose(np.asarray(ax.collections[0].get_offsets()), [[0, 1], [2, 3]])
            assert len(ax.lines) == 1
            plt.close(fig)
        """,
        rights=(
            Right(
                "unzipped",
                "def mark(ax, points):\n    x, y = zip(*points)\n    ax.axhline(0.0)\n    ax.scatter(x, y, s=4)",
            ),
        ),
        wrongs=(
            Wrong(
                "on another figure",
                "def mark(ax, points):\n    plt.figure()\n    plt.scatter(*zip(*points))\n    plt.axhline(0)",
            ),
        ),
    ),
)
